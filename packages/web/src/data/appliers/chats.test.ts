import type {
  Chat,
  ChatId,
  Lead,
  LeadId,
  Message,
  MessageId,
  PipelineId,
  RealtimeEvent,
  StageId,
  TagId,
} from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { applyToChats, type ChatsData, flattenChats } from './chats.ts'

const chat = (id: string, activityAt: number, more: Partial<Chat> = {}) =>
  ({ id: id as ChatId, activityAt, unread: 0, lead: null, ...more }) as Chat
const event = (more: Partial<RealtimeEvent>): RealtimeEvent => ({ seq: 1, type: 'message.received', ...more })
const ids = (data: ChatsData) => flattenChats(data).map((one) => one.id as string)

const LEAD = { id: 7 as LeadId, pipelineId: 1 as PipelineId, stageId: 2 as StageId, tagIds: [4 as TagId] }
const FULL_LEAD = {
  id: LEAD.id,
  title: 'Bike',
  isIncoming: false,
  pipeline: { id: LEAD.pipelineId },
  stage: { id: LEAD.stageId },
  tags: [{ id: 4 as TagId }],
} as Lead

/** Two pages loaded; a third one exists. */
const loaded = (): ChatsData => ({
  pageParams: [null, 'p2'],
  pages: [
    { items: [chat('f', 60), chat('e', 50)], next: 'p2', seq: 1, total: 9 },
    { items: [chat('d', 40), chat('c', 30)], next: 'p3', seq: 1, total: 9 },
  ],
})

describe('chats', () => {
  test('a chat that got a message moves to the top, once', () => {
    const moved = event({ chat: chat('c', 70, { unread: 1 }) })
    const once = applyToChats(loaded(), [moved])
    expect(ids(once)).toEqual(['c', 'f', 'e', 'd'])
    expect(ids(applyToChats(once, [moved]))).toEqual(['c', 'f', 'e', 'd'])
    expect(flattenChats(once)[0]?.unread).toBe(1)
  })

  test('a new chat comes first', () => {
    expect(ids(applyToChats(loaded(), [event({ chat: chat('z', 99) })]))).toEqual(['z', 'f', 'e', 'd', 'c'])
  })

  test('of several snapshots of one chat the last counts', () => {
    const data = applyToChats(loaded(), [event({ chat: chat('c', 70) }), event({ chat: chat('c', 80, { unread: 2 }) })])
    expect(flattenChats(data)[0]).toMatchObject({ id: 'c', activityAt: 80, unread: 2 })
  })

  test('a chat older than everything loaded comes with its own page', () => {
    expect(ids(applyToChats(loaded(), [event({ chat: chat('a', 10) })]))).toEqual(['f', 'e', 'd', 'c'])
  })

  test('an empty inbox takes its first chat', () => {
    const empty: ChatsData = { pageParams: [null], pages: [{ items: [], next: null, seq: 1, total: 9 }] }
    expect(ids(applyToChats(empty, [event({ chat: chat('a', 10) })]))).toEqual(['a'])
  })

  test('a page loaded by a key takes nothing newer than itself', () => {
    const page: ChatsData = { pageParams: ['p2'], pages: [{ items: [chat('d', 40)], next: null, seq: 1, total: 9 }] }
    expect(ids(applyToChats(page, [event({ chat: chat('z', 99) })]))).toEqual(['d'])
  })

  test('a lead that changed or went alone changes its row; other rows stay the same objects', () => {
    const lead = { ...LEAD, title: 'Bike', isIncoming: true }
    const data = applyToChats(loaded(), [event({ chat: chat('f', 60, { lead }) })])
    const accepted = applyToChats(data, [event({ type: 'lead.accepted', lead: { ...FULL_LEAD, title: 'Two bikes' } })])
    expect(flattenChats(accepted)[0]?.lead).toEqual({ ...LEAD, title: 'Two bikes', isIncoming: false })
    expect(flattenChats(accepted)[1]).toBe(flattenChats(data)[1])
    const declined = applyToChats(data, [event({ type: 'lead.declined', removedLeadId: 7 as LeadId })])
    expect(flattenChats(declined)[0]?.lead).toBeNull()
  })

  test('a last message that was edited changes its row, where the row stands', () => {
    const message = { id: 'm' as MessageId, chatId: 'e' as ChatId, kind: 'text', text: 'Helo' } as Message
    const data = applyToChats(loaded(), [event({ chat: chat('e', 50, { lastMessage: message }) })])
    const edited = event({ type: 'message.edited', message: { ...message, text: 'Hello' } })
    const after = applyToChats(data, [edited])
    expect(ids(after)).toEqual(['f', 'e', 'd', 'c'])
    expect(flattenChats(after)[1]?.lastMessage).toMatchObject({ id: 'm', text: 'Hello' })
    expect(flattenChats(after)[0]).toBe(flattenChats(data)[0])
    // Another message of the same chat is not the one the row shows.
    const other = event({ type: 'message.edited', message: { ...message, id: 'n' as MessageId, text: 'Other' } })
    expect(applyToChats(data, [other])).toBe(data)
    // A later snapshot of the chat knows better.
    const next = chat('e', 60, { lastMessage: { ...message, text: 'Hello again' } })
    const both = applyToChats(data, [edited, event({ type: 'chat.updated', chat: next })])
    expect(flattenChats(both).find(({ id }) => id === 'e')?.lastMessage?.text).toBe('Hello again')
  })

  test('a file that arrived says its name and length in the row', () => {
    const message = { id: 'm' as MessageId, chatId: 'e' as ChatId, kind: 'voice', text: '' } as Message
    const data = applyToChats(loaded(), [event({ chat: chat('e', 50, { lastMessage: message }) })])
    const media = { fileName: 'note.ogg', durationMs: 12_000 } as Message['media'] & object
    const after = applyToChats(data, [event({ type: 'message.updated', message: { ...message, media } })])
    expect(flattenChats(after)[1]?.lastMessage).toMatchObject({ fileName: 'note.ogg', durationMs: 12_000 })
  })

  test('a chat that may not be seen any more leaves, and comes back when it may', () => {
    const data = loaded()
    const hidden = event({ type: 'hidden', hiddenChatId: 'e' as ChatId })
    expect(ids(applyToChats(data, [hidden]))).not.toContain('e')
    const seen = applyToChats(data, [hidden, event({ type: 'chat.updated', chat: chat('e', 50) })])
    expect(ids(seen)).toContain('e')
    expect(applyToChats(data, [event({ type: 'hidden', hiddenChatId: 'z' as ChatId })])).toBe(data)
  })

  test('an event about something else changes nothing at all', () => {
    const data = loaded()
    expect(applyToChats(data, [event({ type: 'notification.read', unreadNotifications: { unread: 3, seq: 3 } })])).toBe(
      data,
    )
  })
})
