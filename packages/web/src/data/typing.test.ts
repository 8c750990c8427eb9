import type { ChatId, Message, RealtimeEvent, RealtimeTyping } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { addTypist, dropExpired, endByMessages, nextExpiry, type Typists } from './typing.ts'

const CHAT = 'chat-1' as ChatId
const OTHER = 'chat-2' as ChatId
const NOW = 1_000_000

const sign = (id: string, until: number, chatId = CHAT): RealtimeTyping => ({
  type: 'typing',
  chatId,
  author: { id, kind: 'client', name: id },
  until,
})
const message = (type: RealtimeEvent['type'], authorId: string, chatId = CHAT): RealtimeEvent => ({
  seq: 1,
  type,
  message: { chatId, author: { id: authorId } } as Message,
})
const names = (typists: Typists, chatId = CHAT) => (typists[chatId] ?? []).map(({ author }) => author.id)

describe('typing', () => {
  test('everybody is there once, and ends when their time is over', () => {
    let typists = addTypist({}, sign('nora', NOW + 5_000), NOW)
    typists = addTypist(typists, sign('omar', NOW + 9_000), NOW)
    typists = addTypist(typists, sign('nora', NOW + 6_000), NOW)
    expect(names(typists)).toEqual(['omar', 'nora'])
    expect(nextExpiry(typists)).toBe(NOW + 6_000)
    expect(names(dropExpired(typists, NOW + 6_000))).toEqual(['omar'])
    expect(dropExpired(typists, NOW + 9_000)).toEqual({})
    expect(nextExpiry({})).toBeNull()
  })

  test('a clock that is wrong by hours neither hides a sign nor keeps it', () => {
    expect(nextExpiry(addTypist({}, sign('nora', NOW - 3_600_000), NOW))).toBe(NOW + 1_000)
    expect(nextExpiry(addTypist({}, sign('nora', NOW + 3_600_000), NOW))).toBe(NOW + 30_000)
  })

  test('a message ends the typing of its author, in its chat', () => {
    let typists = addTypist({}, sign('nora', NOW + 5_000), NOW)
    typists = addTypist(typists, sign('omar', NOW + 5_000), NOW)
    typists = addTypist(typists, sign('nora', NOW + 5_000, OTHER), NOW)
    const left = endByMessages(typists, [message('message.received', 'nora')])
    expect([names(left), names(left, OTHER)]).toEqual([['omar'], ['nora']])
  })

  test('what only changes a message ends nothing, and nothing changed is the same object', () => {
    const typists = addTypist({}, sign('nora', NOW + 5_000), NOW)
    expect(endByMessages(typists, [message('message.reacted', 'nora')])).toBe(typists)
    expect(dropExpired(typists, NOW)).toBe(typists)
  })
})
