import type { Chat, FeedItem } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { buildFeedRows } from './feed-rows.ts'

const DAY = 86_400_000
const dayKey = (at: number) => String(Math.floor(at / DAY))
const said = (id: string, at: number, chatId = 'c1') =>
  ({
    kind: 'message',
    at,
    key: `message:${id}`,
    message: { id, sentAt: at, chatId, direction: 'in', author: { kind: 'client', name: 'Nora' }, text: id },
  }) as unknown as FeedItem
const changed = (id: number, at: number) => ({ kind: 'change', at, key: `change:${id}`, change: { id } }) as FeedItem
const NOTHING = { messages: [], notes: [] }
const kindsOf = (items: FeedItem[], chats: string[] = ['c1']) =>
  buildFeedRows({ items, waiting: NOTHING, chats: chats.map((id) => ({ id }) as Chat) }, dayKey).map((row) =>
    row.kind === 'changes' ? `changes ${row.changes.length}` : row.kind,
  )

test('a day is named once, whatever happened first on it', () => {
  expect(kindsOf([changed(1, 10), said('a', 20), changed(2, 30), said('b', DAY)])).toEqual([
    'day',
    'changes 1',
    'message',
    'changes 1',
    'day',
    'message',
  ])
})

test('changes that follow one another are one row, though not over days', () => {
  expect(kindsOf([changed(1, 10), changed(2, 11), changed(3, 12), changed(4, DAY)])).toEqual([
    'day',
    'changes 3',
    'day',
    'changes 1',
  ])
})

test('conversations are named where there are several', () => {
  const items = [said('a', 1), said('b', 2, 'c2'), said('c', 3, 'c2'), said('d', 4)]
  expect(kindsOf(items, ['c1', 'c2'])).toEqual([
    'day',
    'chat',
    'message',
    'chat',
    'message',
    'message',
    'chat',
    'message',
  ])
  expect(kindsOf(items)).not.toContain('chat')
})
