import type { ChannelCard } from '@parley/protocol/model'

export const CHANNEL_GROUPS = ['attention', 'working', 'off'] as const
export type ChannelGroup = (typeof CHANNEL_GROUPS)[number]

/** Where a card stands: what somebody has to do something about comes first. */
export function groupOf({ state, isOwn, connection }: ChannelCard): ChannelGroup {
  if (isOwn && (state === 'returned' || state === 'refused')) return 'attention'
  if (!connection) return 'off'
  return connection.health.state === 'ok' ? 'working' : 'attention'
}

export const canConnect = ({ state, connection }: ChannelCard): boolean => state === 'approved' && connection === null
