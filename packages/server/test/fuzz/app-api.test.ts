import { randomUUID } from 'node:crypto'
import type { ApiError, ChatId } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  fuzz,
  fuzzTimeoutMs,
  sendRaw,
  startTestWorld,
  type TestWorld,
} from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Json, mutated, oddValues, toJsonText } from './mutations.ts'

let world: TestWorld
let admin: AppClient
let ids: { chat: string; message: string; reply: string; channel: string; source: number; file: string; lead: number }

beforeAll(async () => {
  world = await startTestWorld()
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook, settings: { rate_limit: 1_000_000, write_first: true } })
  admin = await channel.account.asAdmin()
  const stored = await channel.send(aNewMessage())
  const chat = stored.conversation_id as ChatId
  const reply = await admin.sendText(chat, 'We kept one for you')
  const { lead } = await admin.getChat(chat)
  const source = await admin.post<{ id: number }>(`/channels/${channel.id}/sources`, { externalId: 'one', name: 'One' })
  const file = await admin.uploadFile(Buffer.from('Hello'), { name: 'a.txt' })
  ids = {
    chat,
    message: stored.msgid,
    reply: reply.id,
    channel: channel.id,
    source: source.id,
    file: file.id,
    lead: lead?.id ?? 0,
  }
})
afterAll(() => world.stop())

interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `{chat}` and the like stand for ids. */
  path: string
  body?: () => fc.Arbitrary<Json>
}

const names = fc.constantFrom('Nora Lind', 'Нора', '🚚'.repeat(100))
const newIds = fc.oneof(fc.uuid(), fc.constant('aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa'))
const button = fc.record({ text: names, url: fc.constant('https://shop.example/') }, { requiredKeys: ['text'] })
const words = fc.string({ unit: 'grapheme', minLength: 1 })
/** Mostly plain ones: of many fields at once some exclude each other. */
const messages = () =>
  fc.oneof(
    fc.record({ id: fc.uuid(), text: words }),
    fc.record(
      { id: newIds, text: words, file: attached(), mediaGroupId: fc.uuid() },
      { requiredKeys: ['id', 'text', 'file'] },
    ),
    fc.record(
      { id: newIds, text: words, replyToId: fc.constantFrom(ids.message, ids.reply), buttons, template },
      { requiredKeys: ['id', 'text'] },
    ),
    fc.record({ id: newIds, forwardOfId: fc.constantFrom(ids.message, ids.reply) }),
  )
const attached = () =>
  fc.record({ id: fc.constant(ids.file), name: names, as: fc.constantFrom('file', 'voice', 'picture') })
const buttons = fc.array(fc.array(button, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
const template = fc.record({
  id: fc.integer({ min: 1 }),
  content: names,
  params: fc.array(fc.record({ key: names, value: names }), { maxLength: 2 }),
})
const source = () =>
  fc.record(
    { externalId: words.map((word) => word.slice(0, 40)), name: names, pipelineId: fc.nat(), isDefault: fc.boolean() },
    { requiredKeys: ['externalId', 'name'] },
  )
const nothing = () => fc.constant({})

const CALLS: [string, Call][] = [
  ['a message', { method: 'POST', path: '/chats/{chat}/messages', body: messages }],
  [
    'writing first',
    {
      method: 'POST',
      path: '/chats',
      body: () =>
        fc.record({
          channelId: fc.constant(ids.channel),
          phone: fc.integer({ min: 100 }).map((digits) => `+46 (70) ${digits}`),
          name: names,
          message: messages(),
        }),
    },
  ],
  [
    'a reaction',
    {
      method: 'PUT',
      path: '/chats/{chat}/messages/{message}/reaction',
      body: () => fc.record({ emoji: fc.constantFrom('👍', null) }),
    },
  ],
  ['typing', { method: 'POST', path: '/chats/{chat}/typing', body: () => fc.record({ postId: names }) }],
  ['a source', { method: 'POST', path: '/channels/{channel}/sources', body: source }],
  ['a change of a source', { method: 'PATCH', path: '/sources/{source}', body: source }],
  [
    'accepting',
    {
      method: 'POST',
      path: '/leads/{lead}/accept',
      body: () => fc.record({ pipelineId: fc.nat(), stageId: fc.nat() }, { requiredKeys: [] }),
    },
  ],
  ['declining', { method: 'POST', path: '/leads/{lead}/decline', body: nothing }],
  [
    'notifications read',
    {
      method: 'POST',
      path: '/notifications/read',
      body: () => fc.oneof(fc.constant({ all: true }), fc.record({ ids: fc.array(fc.nat()) })),
    },
  ],
  ['a retry', { method: 'POST', path: '/chats/{chat}/messages/{reply}/retry', body: nothing }],
  ['a retry of a file', { method: 'POST', path: '/chats/{chat}/messages/{message}/media/retry', body: nothing }],
  ['reading', { method: 'POST', path: '/chats/{chat}/read', body: nothing }],
  ['a list of chats', { method: 'GET', path: '/chats' }],
  ['a chat', { method: 'GET', path: '/chats/{chat}' }],
  ['a page of messages', { method: 'GET', path: '/chats/{chat}/messages' }],
  ['earlier texts', { method: 'GET', path: '/chats/{chat}/messages/{message}/edits' }],
  ['notifications', { method: 'GET', path: '/notifications' }],
  ['sources', { method: 'GET', path: '/channels/{channel}/sources' }],
  ['a lead', { method: 'GET', path: '/leads/{lead}' }],
]

/** Instead of an id in a path. */
const oddIds = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '0',
      '-1',
      '1e3',
      '9'.repeat(30),
      '%00',
      '%ff',
      '..',
      '%2F',
      randomUUID(),
      'null',
      '1.5',
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1 }).map(encodeURIComponent) },
)
const queries = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.constantFrom('limit', 'after', 'before', 'limit[]', '__proto__', 'x'),
          fc.oneof(
            fc.constantFrom('', '0', '-1', '1e9', '%00', 'null', '9'.repeat(40), '1.2.3', '1_2', 'e30', '%ED%A0%80'),
            fc.string().map(encodeURIComponent),
            fc.tuple(fc.integer(), fc.uuid()).map(([number, id]) => encodeURIComponent(`${number}_${id}`)),
            fc.tuple(fc.double(), fc.uuid()).map(([number, id]) => btoa(`${number}_${id}`)),
          ),
        ),
        { maxLength: 3 },
      )
      .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`),
  },
)

const MOST_OF_A_FILE = 300

describe('whatever a logged-in person sends, it is answered or refused in words', () => {
  test.each(CALLS)(
    '%s',
    async (_, { method, path, body }) => {
      const texts = body
        ? fc.oneof(
            { weight: 4, arbitrary: mutated(body()).map(toJsonText) },
            { weight: 3, arbitrary: body().map(toJsonText) },
            { weight: 1, arbitrary: oddValues.map(toJsonText) },
            { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
          )
        : fc.constant('')
      await fc.assert(
        fc.asyncProperty(oddIds, queries, texts, async (oddId, query, text) => {
          await expectNoServerError(method, fillIn(path, oddId) + (body ? '' : query), Buffer.from(text))
        }),
        fuzz(body ? 40 : 15),
      )
    },
    fuzzTimeoutMs(30_000),
  )

  test(
    'a file',
    async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: MOST_OF_A_FILE }),
        fc
          .tuple(fc.constantFrom(...FILE_BEGINNINGS), fc.uint8Array({ maxLength: MOST_OF_A_FILE }))
          .map(([beginning, rest]) => Buffer.concat([beginning, rest])),
      )
      const types = fc.oneof(
        fc.constantFrom('image/png', 'text/html', 'x', '', 'multipart/form-data', 'application/json'),
        fc.string(),
      )
      const fileNames = fc.string({ unit: 'binary' }).map((name) => `?${new URLSearchParams({ name })}`)
      await fc.assert(
        fc.asyncProperty(bytes, fileNames, types, async (file, query, type) => {
          const headerSafe = type.replaceAll(/[^\t\x20-\x7e]/g, '')
          await expectNoServerError('POST', `/files${query}`, Buffer.from(file), headerSafe)
        }),
        fuzz(40),
      )
    },
    fuzzTimeoutMs(30_000),
  )
})

/** Just enough for a reader to believe that it knows what it reads. */
const FILE_BEGINNINGS = [
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489',
  'ffd8ffe000104a46494600010100000100010000ffdb0043',
  '474946383961ffffffff',
  '52494646ffffffff57454250',
  '0000002066747970617669660000000061766966',
  '1a45dfa3',
  '504b030414000000',
  '25504446',
  '3c73766720786d6c6e733d22687474703a2f2f7777772e77332e6f72672f323030302f737667223e',
].map((hex) => Buffer.from(hex, 'hex'))

const fillIn = (path: string, oddId: string | undefined) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(oddId ?? ids[name as keyof typeof ids]))

async function expectNoServerError(method: Call['method'], path: string, body: Buffer, type = 'application/json') {
  const headers = { cookie: admin.cookie, origin: world.url, ...(type !== '' && { 'content-type': type }) }
  const answer = await sendRaw(world.url, { method, path: `/api/app/v1${path}`, headers, body }, world.agent)
  const text = await answer.text()
  const told = `${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`
  expect(answer.status, told).toBeLessThan(500)
  if (answer.status < 400) return
  const { error } = JSON.parse(text) as ApiError
  expect(error.code, told).toMatch(/^\w+$/)
  expect(error.message, told).toMatch(/./)
}
