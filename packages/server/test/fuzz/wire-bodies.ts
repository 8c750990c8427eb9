import fc from 'fast-check'
import { type Json, oddValues } from './mutations.ts'

/** Ids that exist where the requests go; what they name is met again and again. */
export interface KnownIds {
  accountId: string
  chatIds: string[]
  messageIds: string[]
  participantIds: string[]
  userId: string
  botId: string
}

export const NO_IDS: KnownIds = {
  accountId: 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78',
  chatIds: ['e27b9c05-8d14-4f63-a0b2-7c5e1f9d3a86'],
  messageIds: ['9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64'],
  participantIds: ['71c0d9e4-3a5f-4b86-9d27-e8f1a2b3c4d5'],
  userId: 'f06d2a9b-5e37-4c81-8b14-92e7c3d0a5f6',
  botId: '3c9f0b7e-61d2-4e8a-9f45-d27a8b1c0e53',
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const clientIds = fc.constantFrom('u-1', 'u-2', 'u-3', 'u 4/%2F?', 'ю-5')
const chatClientIds = fc.constantFrom('c-1', 'c-2', 'c-3', 'c 4/%2F?', 'ч-5')
const msgids = fc.oneof(fc.constantFrom('m-1', 'm-2', 'm-3', 'м 4/%2F'), fc.uuid())
// Where nobody answers, and the answer is known at once.
const urls = fc.constantFrom('http://127.0.0.1:1/a.png', 'https://127.0.0.1:1/b', 'http://127.0.0.1:1/%D1%8F?x=1#y')
const names = fc.constantFrom('Nora Lind', 'Нора', '  ', '🚚'.repeat(100))
const words = fc.oneof(fc.constantFrom('Hello', 'Is it in stock?'), fc.string({ unit: 'grapheme', minLength: 1 }))
const seconds = fc.constantFrom(0, 1, 1_500_000_000, 1_772_532_930)
const sources = fc.record({ external_id: fc.constantFrom('shop-front-1', 'shop 2') })

const profile = fc.record(
  { phone: fc.constantFrom<Json>('+46700000055', 46700000055), email: fc.constantFrom('nora@example.net', 'x') },
  { requiredKeys: [] },
)

const file = {
  media: urls,
  file_name: fc.constantFrom('9.jpg', 'отчёт.pdf'),
  file_size: fc.nat(1e9),
  text: maybe(words),
}
const sharedPost = fc.record(
  {
    url: urls,
    type: fc.constant('post'),
    site_name: names,
    preview_link: urls,
    preview_permalink: urls,
  },
  { requiredKeys: ['url'] },
)
const post = fc.record(
  {
    id: fc.constantFrom('post-1', 'post-2'),
    url: urls,
    preview_url: urls,
    preview_permalink: urls,
    username: names,
    caption: words,
  },
  { requiredKeys: ['id', 'url'] },
)
const location = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
})
const contact = fc.record({ name: names, phone: fc.constant('+46700000099') })
const textMessage = fc.record(
  { type: fc.constant('text'), text: words, callback_data: words, shared_post: sharedPost, post },
  { requiredKeys: ['type', 'text'] },
)

/** `payload.message` of every kind. */
export const contents: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: textMessage },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('picture', 'image', 'file', 'video'), ...file }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom('audio', 'voice'), ...file, media_duration: fc.nat(10_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record(
      { type: fc.constant('sticker'), media: urls, sticker_id: words },
      { requiredKeys: ['type', 'media'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('location'), location, text: maybe(words) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('contact'), contact, text: maybe(words) }) },
)

const pick = (ids: readonly string[]) => fc.nat(1000).map((at) => ids[at % Math.max(1, ids.length)] ?? 'nobody')

type Bodies<Name extends string> = Record<Name, fc.Arbitrary<Json>>

/** Valid bodies of every method, by the method's name, made of the ids that are known. */
export function validBodies(ids: KnownIds) {
  return { ...connectionBodies(ids), ...messageBodies(ids), ...chatBodies(ids) }
}

const client = fc.record(
  { id: clientIds, name: names, avatar: urls, profile, profile_link: urls },
  { requiredKeys: ['id', 'name'] },
)

function connectionBodies({ accountId }: KnownIds): Bodies<'connect' | 'disconnect'> {
  return {
    connect: fc.record(
      {
        account_id: fc.constant(accountId),
        title: names,
        hook_api_version: fc.constantFrom('v1', 'v2'),
        is_time_window_disabled: fc.boolean(),
      },
      { requiredKeys: ['account_id'] },
    ),
    disconnect: fc.record({ account_id: fc.constant(accountId) }),
  }
}

/** `reply_to.message` and what is forwarded. */
const quotedMessages = (ids: KnownIds) =>
  fc.oneof(
    fc.record({ id: pick(ids.messageIds) }),
    fc.record({ msgid: msgids }),
    fc.record({
      type: fc.constant('text'),
      text: words,
      timestamp: seconds,
      sender: fc.oneof(
        fc.record({ name: names }),
        fc.record({ id: clientIds }),
        fc.record({ ref_id: pick(ids.participantIds) }),
      ),
    }),
  )

function messageBodies(ids: KnownIds): Bodies<'message'> {
  const sender = fc.oneof(
    { weight: 4, arbitrary: client },
    { weight: 1, arbitrary: fc.record({ ref_id: pick(ids.participantIds) }) },
  )
  const outgoing = fc.record({
    sender: fc.constantFrom({ id: 'manager', name: 'M', ref_id: ids.userId }, { id: 'bot', ref_id: ids.botId }),
    receiver: client,
  })
  const quoted = quotedMessages(ids)
  const forwarded = {
    messages: fc.array(quoted, { minLength: 1, maxLength: 1 }),
    conversation_id: chatClientIds,
    conversation_ref_id: pick(ids.chatIds),
  }
  const base = fc.record(
    {
      timestamp: seconds,
      msec_timestamp: seconds.map((value) => value * 1000 + 417),
      msgid: msgids,
      conversation_id: chatClientIds,
      conversation_ref_id: pick(ids.chatIds),
      silent: fc.boolean(),
      source: sources,
      sender,
      message: contents,
      reply_to: fc.record({ message: quoted }),
      forwards: fc.record(forwarded, { requiredKeys: ['messages'] }),
    },
    { requiredKeys: ['timestamp', 'msgid', 'conversation_id', 'sender', 'message'] },
  )
  const newMessage = fc
    .tuple(base, maybe(outgoing))
    .map(([payload, way]): Json => ({ event_type: 'new_message', payload: { ...payload, ...way } }))
  const edit = fc
    .record(
      {
        timestamp: seconds,
        msgid: msgids,
        id: pick(ids.messageIds),
        conversation_id: chatClientIds,
        message: contents,
      },
      { requiredKeys: ['timestamp', 'conversation_id', 'message', 'msgid'] },
    )
    .map((payload): Json => ({ event_type: 'edit_message', payload }))
  return { message: fc.oneof({ weight: 3, arbitrary: newMessage }, { weight: 1, arbitrary: edit }) }
}

function chatBodies(ids: KnownIds): Bodies<'chats' | 'deliveryStatus' | 'typing' | 'react'> {
  return {
    chats: fc.record(
      { conversation_id: chatClientIds, source: sources, user: client, account_id: fc.constant(ids.accountId) },
      { requiredKeys: ['conversation_id', 'user'] },
    ),
    deliveryStatus: fc.record(
      {
        status_code: fc.constantFrom(0, 1, 2, -1),
        delivery_status: fc.constantFrom(0, 1, 2, -1),
        error_code: fc.constantFrom(901, 902, 903, 904, 905, 0, null),
        error: fc.option(words),
      },
      { requiredKeys: ['error', 'error_code'] },
    ),
    typing: fc.record(
      { conversation_id: chatClientIds, sender: fc.record({ id: clientIds }), duration_ms: fc.nat(60_000) },
      { requiredKeys: ['conversation_id', 'sender'] },
    ),
    react: fc.record(
      {
        conversation_id: chatClientIds,
        conversation_ref_id: pick(ids.chatIds),
        msgid: msgids,
        id: pick(ids.messageIds),
        user: fc.record({ id: clientIds, ref_id: maybe(pick([...ids.participantIds, ids.userId])) }),
        type: fc.constantFrom('react', 'unreact'),
        emoji: fc.constantFrom('👍', '❤️', '🏳️‍🌈'),
      },
      { requiredKeys: ['conversation_id', 'msgid', 'user', 'type', 'emoji'] },
    ),
  }
}

export type Method = keyof ReturnType<typeof validBodies>

/** Bodies that are no JSON object at all, or no JSON. */
export const strayBodies: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((json) => Buffer.from(json)),
  oddValues.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  fc
    .constantFrom('', '{', '{}', '[]', 'null', '"x"', '{"a":1,"a":2}', '\uFEFF{}', ' {} ', '{}{}')
    .map((text) => Buffer.from(text)),
)
