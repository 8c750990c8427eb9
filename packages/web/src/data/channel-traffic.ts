import type { RealtimeChannelTraffic } from '@parley/protocol/model'

type Listener = (traffic: RealtimeChannelTraffic) => void

const listeners = new Set<Listener>()

/** What the stream says of channels' traffic, for the console that is open. */
export function hearChannelTraffic(traffic: RealtimeChannelTraffic): void {
  for (const listener of listeners) listener(traffic)
}

export function onChannelTraffic(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
