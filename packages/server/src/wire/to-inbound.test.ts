import type { NewMessage } from '@parley/protocol/wire'
import { describe, expect, test } from 'vitest'
import { toInbound, toNewMessage } from './to-inbound.ts'

const now = new Date('2026-03-03T10:15:50Z')
type Fields = Partial<Omit<NewMessage, 'sender'>> & { sender?: Partial<NewMessage['sender']> }
const NOTHING = { id: undefined, ref_id: undefined, name: undefined, avatar: undefined, profile_link: undefined }

const aPayload = ({ sender = { id: 'hc-user-55' }, ...fields }: Fields = {}): NewMessage => ({
  timestamp: undefined,
  msec_timestamp: undefined,
  conversation_ref_id: undefined,
  msgid: 'hc-msg-7001',
  conversation_id: 'hc-conv-1001',
  sender: { ...NOTHING, ...sender },
  message: { type: 'text', text: 'Hello' },
  ...fields,
})
const translate = (fields: Fields = {}) => toInbound(aPayload(fields), { now, author: undefined })

describe('a new_message in our words', () => {
  test('everything there is', () => {
    const payload = aPayload({
      timestamp: 1772532930,
      msec_timestamp: 1772532930125,
      sender: {
        id: 'hc-user-55',
        name: 'Nora Lind',
        avatar: 'https://cdn.example.net/a/55.png',
        profile: { phone: '+46700000055', email: 'nora@example.net' },
        profile_link: 'https://chat.example.net/u/55',
      },
      silent: true,
      source: { external_id: 'shop-front-1' },
    })
    expect(toInbound(payload, { now, author: undefined })).toEqual({
      msgid: 'hc-msg-7001',
      chatClientId: 'hc-conv-1001',
      sender: {
        clientId: 'hc-user-55',
        name: 'Nora Lind',
        avatarUrl: 'https://cdn.example.net/a/55.png',
        phone: '+46700000055',
        email: 'nora@example.net',
        profileLink: 'https://chat.example.net/u/55',
      },
      kind: 'text',
      text: 'Hello',
      sentAt: new Date(1772532930125),
      isSilent: true,
      sourceExternalId: 'shop-front-1',
    })
  })

  test.each([
    ['the milliseconds win', { timestamp: 1, msec_timestamp: 2500 }, 2500],
    ['seconds alone', { timestamp: 1510000000 }, 1510000000_000],
    ['milliseconds alone', { msec_timestamp: 1510000000_123 }, 1510000000_123],
    ['no time', {}, now.getTime()],
    ['a day ahead', { msec_timestamp: now.getTime() + 86_400_000 }, now.getTime() + 86_400_000],
    ['1970', { timestamp: 0 }, 0],
  ])('%s', (_, fields, sentAtMs) => expect(translate(fields).sentAt).toEqual(new Date(sentAtMs)))

  test.each([
    [{ msec_timestamp: now.getTime() + 86_400_001 }, /^payload\.msec_timestamp: is more than 24 hours in the future/],
    [{ timestamp: 1772532930125 }, /^payload\.timestamp: .* seconds since 1970$/],
    [{ msec_timestamp: Number.MAX_SAFE_INTEGER }, /^payload\.msec_timestamp: /],
  ])('%j is refused', (fields, description) => expect(() => translate(fields)).toThrow(description))

  test.each(['javascript:alert(1)', 'default.png', 'data:image/png;base64,', ' https://x'])(
    'the link %j counts as absent',
    (url) => {
      const { sender } = translate({ sender: { id: 'u', avatar: url, profile_link: url } })
      expect([sender.avatarUrl, sender.profileLink]).toEqual([undefined, undefined])
    },
  )

  test('who wrote it', () => {
    const byRef = (author: Parameters<typeof toInbound>[1]['author'], id?: string) =>
      toInbound(aPayload({ sender: { id, ref_id: 'r' } }), { now, author }).sender.clientId
    expect(byRef({ kind: 'client', clientId: 'known' })).toBe('known')
    expect(byRef({ kind: 'client', clientId: 'known' }, 'given')).toBe('given')
    expect(byRef(undefined, 'given')).toBe('given')
    expect(() => byRef(undefined)).toThrow(/^payload\.sender\.ref_id: names nobody/)
    expect(() => byRef({ kind: 'client', clientId: null })).toThrow(/^payload\.sender\.ref_id: names nobody/)
    expect(() => byRef({ kind: 'user' }, 'given')).toThrow(/^payload\.sender\.ref_id: names a user/)
    expect(() => byRef({ kind: 'bot' }, 'given')).toThrow(/^payload\.sender\.ref_id: names a bot/)
    expect(() => translate({ sender: {} })).toThrow(/^payload\.sender\.id: is missing$/)
  })
})

test('what is not taken yet is said so', () => {
  const event = (fields: Fields) => ({ event_type: 'new_message', payload: aPayload(fields) }) as const
  expect(() => toNewMessage({ event_type: 'edit_message' })).toThrow(/edit_message is not supported yet/)
  expect(() => toNewMessage(event({ receiver: {} }))).toThrow(/^payload\.receiver: /)
  expect(() => toNewMessage(event({ message: { type: 'voice' } }))).toThrow(
    /^payload\.message\.type: voice is not supported yet/,
  )
  expect(toNewMessage(event({ receiver: null })).msgid).toBe('hc-msg-7001')
})
