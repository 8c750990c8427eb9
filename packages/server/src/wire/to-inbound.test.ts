import { chatEvent, type NewMessage, parseBody } from '@parley/protocol/wire'
import { describe, expect, test } from 'vitest'
import type { Author } from '../domain/messages/find-author.ts'
import { toInbound } from './to-inbound.ts'

const now = new Date('2026-03-03T10:15:50Z')
const channel = {
  bot: { id: 'b0000000-0000-4000-8000-000000000000', clientId: 'hc-bot', name: 'Harbor bot' },
  supportsReply: true,
  supportsVoice: true,
}

/** As it is read from the wire. */
function aPayload(fields: Record<string, unknown> = {}): NewMessage {
  const payload = {
    msgid: 'hc-msg-7001',
    conversation_id: 'hc-conv-1001',
    sender: { id: 'hc-user-55' },
    message: { type: 'text', text: 'Hello' },
    ...fields,
  }
  const parsed = parseBody(chatEvent.lenient, Buffer.from(JSON.stringify({ event_type: 'new_message', payload })))
  if (!parsed.ok || parsed.data.event_type !== 'new_message') throw new Error(JSON.stringify(parsed))
  return parsed.data.payload
}
const translate = (fields: Record<string, unknown> = {}, author?: Author) =>
  toInbound(aPayload(fields), { now, channel, author })

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
    expect(toInbound(payload, { now, channel, author: undefined })).toEqual({
      msgid: 'hc-msg-7001',
      chat: { clientId: 'hc-conv-1001' },
      client: {
        clientId: 'hc-user-55',
        name: 'Nora Lind',
        avatarUrl: 'https://cdn.example.net/a/55.png',
        phone: '+46700000055',
        email: 'nora@example.net',
        profileLink: 'https://chat.example.net/u/55',
      },
      author: { kind: 'client' },
      kind: 'text',
      text: 'Hello',
      content: null,
      links: [],
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
      const { client } = translate({ sender: { id: 'u', avatar: url, profile_link: url } })
      expect([client.avatarUrl, client.profileLink]).toEqual([undefined, undefined])
    },
  )

  const user = { kind: 'user', id: 'm0', userId: 1, name: 'Max' } as unknown as Author
  const bot = { kind: 'bot', id: channel.bot.id, name: 'Harbor bot' } as const
  const person = { kind: 'client', id: 'p0', clientId: 'known', name: 'Nora' } as unknown as Author
  const ref = { ref_id: 'r' }

  test.each<[string, Record<string, unknown>, Author | undefined, unknown]>([
    ['the client', { sender: ref }, person, { author: { kind: 'client' }, client: { clientId: null, id: 'r' } }],
    ['the client, by both ids', { sender: { id: 'u', ...ref } }, person, { client: { clientId: 'u' } }],
    ['a user', { sender: ref, receiver: { id: 'u' } }, user, { author: { kind: 'user', id: 'm0' } }],
    ['the bot', { sender: ref, receiver: { id: 'u' } }, bot, { author: { kind: 'bot' }, client: { clientId: 'u' } }],
    ['the bot, by its own id', { sender: { id: 'hc-bot' }, receiver: ref }, undefined, { author: { kind: 'bot' } }],
  ])('written by %s', (_, fields, author, inbound) =>
    expect(translate(fields, author)).toMatchObject(inbound as object),
  )

  test.each<[string, Record<string, unknown>, Author | undefined, RegExp]>([
    ['a user without a receiver', { sender: ref }, user, /^payload\.sender\.ref_id: names a user/],
    ['the bot without a receiver', { sender: ref }, bot, /^payload\.sender\.ref_id: names a bot/],
    ['nobody', { sender: {} }, undefined, /^payload\.sender\.id: is missing$/],
    [
      'a client to a client',
      { sender: ref, receiver: { id: 'u' } },
      person,
      /^payload\.sender\.ref_id: must be the amojo_id/,
    ],
    [
      'nobody known to a client',
      { sender: ref, receiver: { id: 'u' } },
      undefined,
      /^payload\.sender\.ref_id: must be/,
    ],
    ['somebody to a client', { receiver: { id: 'u' } }, undefined, /^payload\.sender\.ref_id: is missing/],
    ['the bot to nobody', { sender: ref, receiver: { name: 'Nora' } }, bot, /^payload\.receiver\.id: is missing/],
    [
      'the bot below a post',
      { sender: ref, receiver: { id: 'u' }, message: { type: 'text', text: 'x', post: { id: 1, url: 'https://x' } } },
      bot,
      /the bot; comments/,
    ],
    ['no chat', { conversation_id: null }, undefined, /^payload\.conversation_id: is missing$/],
  ])('refused: %s', (_, fields, author, why) => expect(() => translate(fields, author)).toThrow(why))
})
