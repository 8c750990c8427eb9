import type { Me, Message } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import { joinMessages, type ShownMessage, type ShownNote } from './shown-messages.ts'
import { buildRows, countAfter, filterMessages, findFirstUnread, findRow, findRowAt, listPosts } from './thread-rows.ts'

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
      [],
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
      [],
      null,
      dayKey,
    )
    expect(rows.filter((row) => row.kind === 'message').every((row) => row.isFirst && row.isLast)).toBe(true)
  })
})

describe('albums', () => {
  const aPicture = (id: string, mediaGroupId?: string) =>
    ({ ...aMessage(id, 0), kind: 'picture', media: {}, mediaGroupId }) as ShownMessage
  const idsOf = (messages: ShownMessage[], firstUnreadId: string | null = null) =>
    buildRows(messages, [], firstUnreadId, dayKey).flatMap((row) =>
      row.kind === 'message' ? [row.messages.map(({ id }) => id as string)] : [],
    )

  test('pictures that were sent in one go are one row, with the first one as its key', () => {
    const messages = [aPicture('a', 'g'), aPicture('b', 'g'), aPicture('c', 'h'), aPicture('d'), aPicture('e')]
    expect(idsOf(messages)).toEqual([['a', 'b'], ['c'], ['d'], ['e']])
    const rows = buildRows(messages, [], null, dayKey)
    expect(rows[1]?.key).toBe('a')
    expect([findRow(rows, 'b'), findRow(rows, 'e'), findRow(rows, 'gone')]).toEqual([1, 4, -1])
  })

  test('another kind, another person, or the line of what is new parts an album', () => {
    const file = { ...aPicture('b', 'g'), kind: 'file' } as ShownMessage
    expect(idsOf([aPicture('a', 'g'), file, aPicture('c', 'g')])).toEqual([['a'], ['b'], ['c']])
    expect(idsOf([aPicture('a', 'g'), { ...aPicture('b', 'g'), direction: 'out' }])).toEqual([['a'], ['b']])
    expect(idsOf([aPicture('a', 'g'), aPicture('b', 'g')], 'b')).toEqual([['a'], ['b']])
  })
})

describe('comments', () => {
  const comment = (id: string, postId: string) =>
    ({ ...aMessage(id, 0), post: { id: postId, caption: postId } }) as unknown as ShownMessage
  const messages = [comment('a', 'p'), comment('b', 'p'), aMessage('c', 0), comment('d', 'q'), comment('e', 'p')]

  test('a post heads each run of its comments', () => {
    const rows = buildRows(messages, [], null, dayKey)
    expect(rows.map((row) => (row.kind === 'post' ? `post ${row.post.id}` : row.key))).toEqual([
      'day 0',
      'post p',
      'a',
      'b',
      'c',
      'post q',
      'd',
      'post p',
      'e',
    ])
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
  })

  test('can be narrowed to one post, or to none', () => {
    const ids = (filter: Parameters<typeof filterMessages>[1]) => filterMessages(messages, filter).map(({ id }) => id)
    expect(listPosts(messages).map(({ id }) => id)).toEqual(['p', 'q'])
    expect(ids('all')).toHaveLength(5)
    expect(ids('direct')).toEqual(['c'])
    expect(ids({ postId: 'p' })).toEqual(['a', 'b', 'e'])
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

describe('notes among messages', () => {
  const aNote = (id: string, createdAt: number, more: Partial<ShownNote> = {}) =>
    ({ id, createdAt, ...more }) as ShownNote
  const keysOf = (messages: ShownMessage[], notes: ShownNote[]) =>
    buildRows(messages, notes, null, dayKey).map((row) => (row.kind === 'day' ? 'day' : row.key))
  const waiting = {} as OutboxEntry

  test('stand at their time, and part what was said in one go', () => {
    const messages = [aMessage('a', 0), aMessage('b', MINUTE), aMessage('c', 2 * MINUTE)]
    expect(keysOf(messages, [aNote('n', MINUTE / 2), aNote('m', DAY)])).toEqual(['day', 'a', 'n', 'b', 'c', 'day', 'm'])
    const rows = buildRows(messages, [aNote('n', MINUTE / 2)], null, dayKey)
    expect(rows.flatMap((row) => (row.kind === 'message' ? [[row.isFirst, row.isLast]] : []))).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ])
  })

  test('alone make a conversation of their own', () => {
    expect(keysOf([], [aNote('n', 0), aNote('m', DAY)])).toEqual(['day', 'n', 'day', 'm'])
  })

  test('that still wait stand at the end, as replies do, whatever the clocks say', () => {
    const messages = [aMessage('a', 10 * MINUTE), { ...aMessage('mine', 5 * MINUTE, 'out'), waiting }]
    const notes = [aNote('theirs', 9 * MINUTE), aNote('later', 20 * MINUTE), aNote('own', 6 * MINUTE, { waiting })]
    expect(keysOf(messages, notes)).toEqual(['day', 'theirs', 'a', 'later', 'mine', 'own'])
  })

  test('are found by id, and by the time they stand at', () => {
    const rows = buildRows([aMessage('a', 0), aMessage('b', DAY)], [aNote('n', DAY + MINUTE)], null, dayKey)
    expect(findRow(rows, 'n')).toBe(4)
    // With the day above it.
    expect(findRowAt(rows, MINUTE)).toBe(2)
    expect(findRowAt(rows, DAY + 1)).toBe(4)
    expect(findRowAt(rows, 9 * DAY)).toBe(4)
  })
})
