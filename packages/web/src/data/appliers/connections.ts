import type { Connection, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'

export interface ConnectionsData {
  items: Connection[]
}

/** Hooks wait because of the channel, and not for a moment only. */
export const isTroubled = ({ isConnected, health }: Connection): boolean => isConnected && health.state !== 'ok'

export const putConnection = (data: ConnectionsData, connection: Connection): ConnectionsData => ({
  items: data.items.map((held) => (held.channelId === connection.channelId ? connection : held)),
})

const COUNT_EVERY_MS = 1_000
const counting = new WeakSet<QueryClient>()

/**
 * How many hooks wait changes with every reply, and no event tells it. It is on the screen only while a channel is in
 * trouble: then it is counted again, at most once a second.
 */
export function countWaitingAgain(client: QueryClient, events: readonly RealtimeEvent[]): void {
  if (counting.has(client) || !events.some(({ type }) => type === 'message.sent' || type === 'message.status_changed'))
    return
  if (!client.getQueryData<ConnectionsData>(keys.connections)?.items.some(isTroubled)) return
  counting.add(client)
  setTimeout(() => {
    counting.delete(client)
    void client.invalidateQueries({ queryKey: keys.connections })
  }, COUNT_EVERY_MS)
}
