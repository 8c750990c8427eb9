import type { ChannelCard } from '@parley/protocol/model'

export const CHANNEL_GROUPS = ['attention', 'working', 'off'] as const
export type ChannelGroup = (typeof CHANNEL_GROUPS)[number]

/** Where a card stands: what somebody has to do something about comes first. */
export function groupOf({ state, isOwn, connection }: ChannelCard): ChannelGroup {
  if (isOwn && (state === 'returned' || state === 'refused')) return 'attention'
  if (!connection) return 'off'
  return connection.health.state === 'ok' ? 'working' : 'attention'
}

export type CardState = 'working' | 'failing' | 'switchedOff' | 'waiting' | 'returned' | 'refused' | 'off'

/** One word for how it stands. */
export function stateOf({ state, connection }: ChannelCard): CardState {
  if (state !== 'approved') return state
  if (!connection) return 'off'
  return ({ ok: 'working', failing: 'failing', switched_off: 'switchedOff' } as const)[connection.health.state]
}

export const canConnect = ({ state, connection }: ChannelCard): boolean => state === 'approved' && connection === null
