import type { ChannelId, Connection, RealtimeEvent } from '@parley/protocol/model'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { applyEvents } from '../apply-events.ts'
import { keys } from '../query-keys.ts'
import { putConnection } from './connections.ts'

const aConnection = (channelId: string, state: Connection['health']['state']) =>
  ({ channelId: channelId as ChannelId, isConnected: true, health: { state, since: 1, waiting: 1 } }) as Connection

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aCache(...items: Connection[]) {
  const client = new QueryClient()
  client.setQueryData(keys.connections, { items })
  return { client, isStale: () => client.getQueryState(keys.connections)?.isInvalidated === true }
}

const event = (type: RealtimeEvent['type']): RealtimeEvent => ({ seq: 2, type })

test('a channel that fares differently is read again at once', () => {
  const { client, isStale } = aCache(aConnection('a', 'ok'))
  applyEvents(client, [event('connection.changed')])
  expect(isStale()).toBe(true)
})

test('what waits is counted again, once a second, only while a channel is in trouble', () => {
  const well = aCache(aConnection('a', 'ok'))
  applyEvents(well.client, [event('message.sent')])
  vi.advanceTimersByTime(5_000)
  expect(well.isStale()).toBe(false)

  const { client, isStale } = aCache(aConnection('a', 'ok'), aConnection('b', 'switched_off'))
  applyEvents(client, [event('message.received')])
  vi.advanceTimersByTime(5_000)
  expect(isStale()).toBe(false)
  applyEvents(client, [event('message.sent')])
  applyEvents(client, [event('message.status_changed')])
  expect(isStale()).toBe(false)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(isStale()).toBe(true)
})

test('the answer to a switch replaces the connection it is about', () => {
  const [a, b] = [aConnection('a', 'switched_off'), aConnection('b', 'failing')]
  const on = aConnection('a', 'ok')
  expect(putConnection({ items: [a, b] }, on)).toEqual({ items: [on, b] })
})
