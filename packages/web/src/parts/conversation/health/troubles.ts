import type { Connection } from '@parley/protocol/model'
import { isTroubled } from '../../../data/appliers/connections.ts'
import { t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'

/** Names what a connection suffers from: another trouble, or the same one begun anew, has another name. */
export const troubleKey = ({ channelId, health }: Connection): string =>
  `${channelId} ${health.state} ${health.since ?? ''}`

/** What is worth a line: connections in trouble, but for those somebody has read about and put away. */
export const listTroubles = (connections: readonly Connection[], hidden: readonly string[]): Connection[] =>
  connections.filter((connection) => isTroubled(connection) && !hidden.includes(troubleKey(connection)))

/** In sentences: since when, and what waits. Empty when all is well. */
export function describeTrouble(connection: Connection, now: number): string {
  const { state, waiting } = connection.health
  if (state === 'ok') return ''
  const since = describeState(connection, now)
  if (waiting === 0) return since
  return `${since} ${t(state === 'failing' ? 'health.failingWaiting' : 'health.offWaiting', { count: waiting })}`
}

/** The first of these sentences. */
export function describeState({ title, health }: Connection, now: number): string {
  const time = health.since === null ? '' : format.moment(health.since, now)
  return t(health.state === 'failing' ? 'health.failing' : 'health.off', { channel: title, time })
}

export type SwitchRight = 'may' | 'ask_admin' | 'ask_developer' | 'ask_operator'

/** Who can end it; null when nobody has to: a failing endpoint comes back by itself. */
export function switchRight({ health, switchedBy }: Connection, role: 'admin' | 'manager'): SwitchRight | null {
  if (health.state !== 'switched_off') return null
  if (switchedBy !== 'account') return `ask_${switchedBy}`
  return role === 'admin' ? 'may' : 'ask_admin'
}
