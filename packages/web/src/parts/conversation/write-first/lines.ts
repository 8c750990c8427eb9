import type { ChannelId, Connection, Source } from '@parley/protocol/model'

/** The one that was chosen, while it is there; else the first. */
export const chooseChannel = (channels: readonly Connection[], chosen: ChannelId | undefined): Connection | undefined =>
  channels.find(({ channelId }) => channelId === chosen) ?? channels[0]

/**
 * By which source the message leaves. Undefined when there is no choice: then the server's own rule says it.
 * Without a wish it is the default one.
 */
export function chooseSource(sources: readonly Source[], chosen: string | undefined): Source | undefined {
  if (sources.length < 2) return undefined
  return sources.find(({ externalId }) => externalId === chosen) ?? sources.find((one) => one.isDefault) ?? sources[0]
}
