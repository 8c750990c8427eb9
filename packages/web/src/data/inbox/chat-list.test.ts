import type { Chat, ChatId, ChatPage, RealtimeEvent, UserId } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { findMissing, indexOf, lengthOf, needsMarks, rowAt, setTotal, takeMarks, takePage } from './chat-blocks.ts'
import { applyToList, beginList, type ChatList, countWaiting, holdList, releaseList } from './chat-list.ts'
import type { ChatListOf } from './filters.ts'

const ME = 1 as UserId
const OPEN: ChatListOf = { filters: { state: 'open' }, sort: 'newest' }
const MINUTE = 60_000

/** A chat whose last activity was in this minute; the later the minute the higher in the list. */
const chat = (id: string, minute: number, more: Partial<Chat> = {}) =>
  ({ id, activityAt: minute * MINUTE, state: 'open', unread: 0, waitingSince: null, lead: null, ...more }) as Chat
const page = (items: Chat[], total = items.length, next: string | null = null): ChatPage => ({
  items,
  total,
  next,
  seq: 1,
})
const event = (one: Chat): RealtimeEvent => ({ seq: 2, type: 'chat.updated', chat: one })
const shown = (list: ChatList) =>
  Array.from({ length: lengthOf(list) }, (_, index) => (rowAt(list, index)?.chat.id as string | undefined) ?? '-')

const abc = () => beginList(OPEN, ME, page([chat('a', 30), chat('b', 20), chat('c', 10)]))
/** Of 10 the first three are loaded. */
const long = () => beginList(OPEN, ME, page([chat('a', 100), chat('b', 90), chat('c', 80)], 10, 'k3'))

describe('events', () => {
  test('a chat that got a message moves to the top, once', () => {
    const once = applyToList(abc(), [event(chat('c', 40, { unread: 1 }))])
    expect(shown(once)).toEqual(['c', 'a', 'b'])
    expect(applyToList(once, [event(chat('c', 40, { unread: 1 }))])).toEqual(once)
  })

  test('one that does not belong into the list leaves, and one that does comes to its place', () => {
    const closed = applyToList(abc(), [event(chat('b', 20, { state: 'closed' }))])
    expect(shown(closed)).toEqual(['a', 'c'])
    expect(shown(applyToList(closed, [event(chat('b', 20))]))).toEqual(['a', 'b', 'c'])
  })

  test('one that may not be seen any more leaves', () => {
    expect(shown(applyToList(abc(), [{ seq: 2, type: 'hidden', hiddenChatId: 'b' as ChatId }]))).toEqual(['a', 'c'])
  })

  test('of several snapshots the last counts, also after it was hidden', () => {
    const events: RealtimeEvent[] = [{ seq: 2, type: 'hidden', hiddenChatId: 'b' as ChatId }, event(chat('b', 25))]
    expect(shown(applyToList(abc(), events))).toEqual(['a', 'b', 'c'])
  })

  test('about others change nothing at all', () => {
    const list = abc()
    expect(applyToList(list, [event(chat('x', 50, { state: 'closed' })), { seq: 3, type: 'notification.read' }])).toBe(
      list,
    )
  })

  test('a new one where nothing is loaded comes with its page', () => {
    expect(shown(applyToList(long(), [event(chat('x', 50))]))).toEqual([...'abc', ...'-------'])
    expect(shown(applyToList(long(), [event(chat('x', 85))]))).toEqual([...'abxc', ...'-------'])
  })

  test('who waits longest stands first', () => {
    const of: ChatListOf = { filters: {}, sort: 'waiting' }
    const list = beginList(of, ME, page([chat('a', 90, { waitingSince: 5 }), chat('b', 80, { waitingSince: 7 })]))
    const more = applyToList(list, [event(chat('c', 99, { waitingSince: 6 }))])
    expect(shown(more)).toEqual(['a', 'c', 'b'])
    expect(shown(applyToList(more, [event(chat('a', 100))]))).toEqual(['c', 'b'])
  })
})

describe('a held list', () => {
  test('does not move, and counts what would', () => {
    const held = applyToList(holdList(abc()), [event(chat('c', 40, { unread: 1 })), event(chat('x', 50))])
    expect(shown(held)).toEqual(['a', 'b', 'c'])
    expect(rowAt(held, 2)?.chat.unread).toBe(1)
    expect(countWaiting(held)).toBe(2)
    const released = releaseList(held)
    expect(shown(released)).toEqual(['x', 'c', 'a', 'b'])
    expect(countWaiting(released)).toBe(0)
  })

  test('still lets go of what does not belong into it, and takes it back where it was', () => {
    const held = applyToList(holdList(abc()), [event(chat('b', 20, { state: 'closed' }))])
    expect(shown(held)).toEqual(['a', 'c'])
    expect(shown(applyToList(held, [event(chat('b', 20))]))).toEqual(['a', 'b', 'c'])
  })

  test('forgets what waited and is gone again', () => {
    const held = applyToList(holdList(abc()), [event(chat('x', 50))])
    expect(countWaiting(applyToList(held, [event(chat('x', 50, { state: 'closed' }))]))).toBe(0)
  })
})

describe('a list that is not loaded as a whole', () => {
  test('is loaded page by page behind what is there', () => {
    const list = long()
    expect(findMissing(list, 0, 3)).toBeUndefined()
    const wanted = findMissing(list, 2, 6)!
    expect(wanted).toEqual({ block: null, after: 'k3' })
    const more = takePage(list, wanted, page([chat('d', 70), chat('e', 60)], 10, 'k5'))
    expect(shown({ ...list, ...more })).toEqual([...'abcde', ...'-----'])
    // It came once; a second answer to the same question is not wanted.
    expect(takePage(more, wanted, page([chat('d', 70)], 10, 'k4'))).toBe(more)
    expect(needsMarks(list, 4, 3)).toBe(false)
    expect(needsMarks(list, 8, 3)).toBe(true)
  })

  const marked = () => ({
    ...long(),
    ...takeMarks(long(), {
      seq: 1,
      blocks: [
        { from: 100 * MINUTE, count: 2 },
        { from: 80 * MINUTE, count: 4 },
        { from: 40 * MINUTE, count: 4 },
      ],
    }),
  })

  test('is cut at its marks, and what was loaded stays', () => {
    expect(shown(marked())).toEqual([...'abc', ...'-------'])
    expect(findMissing(marked(), 3, 5)).toEqual({ block: 80 * MINUTE, after: 'k3' })
    expect(findMissing(marked(), 7, 9)).toEqual({ block: 40 * MINUTE, after: null })
  })

  test('is entered at a mark; what is beyond the block is left to the next', () => {
    const list = marked()
    const end = { ...list, ...takePage(list, findMissing(list, 7, 9)!, page([chat('x', 40), chat('y', 30)], 10, 'k9')) }
    expect(shown(end)).toEqual([...'abc', ...'---', ...'xy', ...'--'])
    const middle = takePage(end, findMissing(end, 3, 5)!, page([chat('d', 70), chat('x', 40)], 10, 'k7'))
    // The block had one row less than its mark said.
    expect(shown({ ...end, ...middle })).toEqual([...'abcd', ...'xy', ...'--'])
    expect(indexOf(middle, 'y' as ChatId)).toBe(5)
  })

  test('has as many rows as the server says; what differs is put where nothing is loaded', () => {
    expect(lengthOf(setTotal(long(), 12))).toBe(12)
    expect(lengthOf(setTotal(long(), 4))).toBe(4)
    expect(lengthOf(setTotal(marked(), 9))).toBe(9)
    const whole = abc()
    expect(setTotal(whole, 7)).toBe(whole)
  })
})
