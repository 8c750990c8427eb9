import type { ChatId, Message, RealtimeEvent } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { applyToMessages, flattenMessages, type MessagesData } from './messages.ts'

const CHAT = 'chat' as ChatId
const message = (id: string, sentAt: number, more: Partial<Message> = {}) =>
  ({ id, chatId: CHAT, sentAt, status: 'received', ...more }) as Message
const received = (one: Message): RealtimeEvent => ({ seq: 1, type: 'message.received', message: one })
const ids = (data: MessagesData) => flattenMessages(data).map((one) => one.id as string)

const loaded = (next: string | null = 'older'): MessagesData => ({
  pageParams: [null, 'p2'],
  pages: [
    { items: [message('d', 40), message('c', 30)], next: 'p2' },
    { items: [message('b', 20), message('a', 10)], next },
  ],
})

describe('messages', () => {
  test('new messages go to the end, in the order they were sent', () => {
    const data = applyToMessages(loaded(), CHAT, [received(message('f', 60)), received(message('e', 50))])
    expect(ids(data)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(ids(applyToMessages(data, CHAT, [received(message('f', 60))]))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  test('of one millisecond the id decides', () => {
    expect(ids(applyToMessages(loaded(), CHAT, [received(message('da', 40))]))).toEqual(['a', 'b', 'c', 'd', 'da'])
  })

  test('a new status replaces the message where it stands; the other page stays the same object', () => {
    const before = loaded()
    const data = applyToMessages(before, CHAT, [
      { seq: 2, type: 'message.status_changed', message: message('b', 20, { status: 'read' }) },
    ])
    expect(flattenMessages(data)[1]?.status).toBe('read')
    expect(data.pages[0]).toBe(before.pages[0])
  })

  test('a late message takes its place by the sender’s clock', () => {
    expect(ids(applyToMessages(loaded(), CHAT, [received(message('x', 25))]))).toEqual(['a', 'b', 'x', 'c', 'd'])
  })

  test('what is older than everything loaded comes with its own page, unless there is none', () => {
    expect(ids(applyToMessages(loaded(), CHAT, [received(message('x', 5))]))).toEqual(['a', 'b', 'c', 'd'])
    expect(ids(applyToMessages(loaded(null), CHAT, [received(message('x', 5))]))).toEqual(['x', 'a', 'b', 'c', 'd'])
  })

  test('another chat’s message changes nothing', () => {
    const data = loaded()
    expect(applyToMessages(data, CHAT, [received(message('x', 99, { chatId: 'other' as ChatId }))])).toBe(data)
  })
})
