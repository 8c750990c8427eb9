import type { Me, Message } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import { joinMessages, type ShownMessage } from './shown-messages.ts'
import { buildRows, countAfter, findFirstUnread } from './thread-rows.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const dayKey = (at: number) => String(Math.floor(at / DAY))

function aMessage(id: string, sentAt: number, direction: 'in' | 'out' = 'in', name = 'Elena'): ShownMessage {
  const author = { id: name, kind: direction === 'in' ? 'client' : 'user', name }
  return {
    id,
    sentAt,
    direction,
    author,
    kind: 'text',
    text: id,
    status: 'received',
    failure: null,
  } as unknown as ShownMessage
}

describe('rows', () => {
  test('days, the unread line and groups', () => {
    const rows = buildRows(
      [
        aMessage('a', 0),
        aMessage('b', MINUTE),
        aMessage('c', 2 * MINUTE, 'out', 'Marta'),
        aMessage('d', DAY),
        aMessage('e', DAY + MINUTE),
      ],
      'e',
      dayKey,
    )
    expect(rows.map((row) => (row.kind === 'message' ? [row.key, row.isFirst, row.isLast] : row.kind))).toEqual([
      'day',
      ['a', true, false],
      ['b', false, true],
      ['c', true, true],
      'day',
      ['d', true, true],
      'unread',
      ['e', true, true],
    ])
  })

  test('ten minutes of silence begin a new group, and so does another colleague', () => {
    const rows = buildRows(
      [
        aMessage('a', 0, 'out', 'Marta'),
        aMessage('b', 10 * MINUTE, 'out', 'Marta'),
        aMessage('c', 10 * MINUTE, 'out', 'Leo'),
      ],
      null,
      dayKey,
    )
    expect(rows.filter((row) => row.kind === 'message').every((row) => row.isFirst && row.isLast)).toBe(true)
  })
})

test('the first unread message counts the client’s only', () => {
  const messages = [aMessage('a', 0), aMessage('b', 1), aMessage('c', 2, 'out'), aMessage('d', 3)]
  expect(findFirstUnread(messages, 2)).toBe('b')
  expect(findFirstUnread(messages, 0)).toBeNull()
  expect(findFirstUnread(messages, 9)).toBeNull()
  expect(countAfter(messages, 'a')).toBe(2)
  expect(countAfter(messages, 'gone')).toBe(0)
})

test('a reply on its way stands at the end until the server’s copy takes its place', () => {
  const me = { user: { amojoId: 'me', name: 'Marta' } } as unknown as Me
  const entry = {
    id: 'r',
    chatId: 'chat',
    text: 'Hi',
    createdAt: 1,
    attempts: 0,
    nextTryAt: 0,
    refusal: null,
  } as unknown as OutboxEntry
  const received = aMessage('a', 5) as unknown as Message
  expect(joinMessages([received], [entry], me).map(({ id, status }) => [id, status])).toEqual([
    ['a', 'received'],
    ['r', 'sending'],
  ])
  const taken = { ...aMessage('r', 6, 'out', 'Marta'), status: 'queued' } as unknown as Message
  expect(joinMessages([received, taken], [entry], me).map(({ id, status }) => [id, status])).toEqual([
    ['a', 'received'],
    ['r', 'queued'],
  ])
})
