import type { Chat, ChatAction, TagId, UserId } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { patchChat } from './patch-chat.ts'

const chat = {
  state: 'open',
  snoozedUntil: null,
  unread: 2,
  waitingSince: 5,
  responsible: null,
  lead: { tagIds: [3] as TagId[] },
} as Chat
const nameOf = (id: UserId) => `User ${id}`

test.each<[ChatAction, Partial<Chat>]>([
  [{ type: 'close' }, { state: 'closed', unread: 0, waitingSince: null }],
  [
    { type: 'snooze', until: 9 },
    { state: 'snoozed', snoozedUntil: 9, unread: 2 },
  ],
  [{ type: 'read' }, { unread: 0, waitingSince: 5 }],
  [{ type: 'unread' }, { unread: 2 }],
  [{ type: 'assign', userId: 7 }, { responsible: { id: 7 as UserId, name: 'User 7' } }],
  [{ type: 'assign', userId: null }, { responsible: null }],
  [{ type: 'tag', tagIds: [1, 3] }, { lead: { tagIds: [1, 3] } as Chat['lead'] }],
  [{ type: 'untag', tagIds: [3] }, { lead: { tagIds: [] as TagId[] } as Chat['lead'] }],
])('%j', (action, expected) => {
  expect(patchChat(chat, action, nameOf)).toMatchObject(expected)
})

test('a chat without a lead is nobody’s and has no tags', () => {
  const bare = { ...chat, lead: null }
  expect(patchChat(bare, { type: 'assign', userId: 7 }, nameOf)).toBe(bare)
  expect(patchChat(bare, { type: 'tag', tagIds: [1] }, nameOf)).toBe(bare)
})
