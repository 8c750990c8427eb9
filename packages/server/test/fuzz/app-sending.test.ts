import { randomUUID } from 'node:crypto'
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
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutated, toJsonText } from './mutations.ts'

let world: TestWorld
let manager: AppClient
let known: { chatId: string; messageId: string; channelId: string; fileId: string }

beforeAll(async () => {
  world = await startTestWorld()
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook, settings: { write_first: true } })
  const ids = await channel.send(aNewMessage())
  manager = await channel.account.asManager()
  const { id: fileId } = await manager.uploadFile(Buffer.from('%PDF-1.4\n%%EOF\n'))
  await world.deps.db
    .insertInto('source')
    .values({ account_id: channel.account.id, channel_id: channel.id as never, external_id: 'shop-1', name: 'Shop' })
    .execute()
  known = { chatId: ids.conversation_id, messageId: ids.msgid, channelId: channel.id, fileId }
})
afterAll(() => world.stop())

const whole = () => ({
  id: randomUUID() as string,
  text: 'Order 5512?',
  file: { id: known.fileId, name: 'bill.pdf', as: 'file', durationMs: 5, peaks: [1, 2] },
  mediaGroupId: randomUUID() as string,
  replyToId: known.messageId,
  buttons: [[{ text: 'Ship', url: 'https://a.example/' }]],
  template: { id: 1, externalId: 'x', content: 'Order {{1}}?', params: [{ key: '{{1}}', value: '5512' }] },
})

const beginning = (number: number) => ({
  channelId: known.channelId,
  phone: `+4670000${1000 + number}`,
  name: 'Ola Ek',
  sourceExternalId: 'shop-1',
  message: { id: randomUUID() as string, text: 'Hi' },
})

test('as they are, both are taken', async () => {
  expect((await manager.request('POST', `/chats/${known.chatId}/messages`, whole())).status).toBe(200)
  expect((await manager.request('POST', '/chats', beginning(0))).status).toBe(200)
})

async function mustAnswer(path: string, body: string): Promise<void> {
  const headers = { cookie: manager.cookie, origin: world.url, 'content-type': 'application/json' }
  const raw = { method: 'POST', path: `/api/app/v1${path}`, headers, body: Buffer.from(body) }
  const answer = await sendRaw(world.url, raw, world.agent)
  const text = await answer.text()
  expect([200, 400, 404, 409], `${answer.status}: ${text}\n${body.slice(0, 2000)}`).toContain(answer.status)
  if (answer.status !== 200) expect(JSON.parse(text).error.message).toMatch(/\S/)
}

test(
  'whatever a program sends as a message, the answer is one of those documented',
  async () => {
    const message = fc
      .constantFrom('whole', 'forward')
      .map((kind) => (kind === 'whole' ? whole() : { id: randomUUID(), forwardOfId: known.messageId }))
    await fc.assert(
      fc.asyncProperty(mutated(message), (body) => mustAnswer(`/chats/${known.chatId}/messages`, toJsonText(body))),
      fuzz(300),
    )
  },
  fuzzTimeoutMs(60_000),
)

test(
  'and as a chat that is begun',
  async () => {
    const request = fc.nat(50).map(beginning)
    await fc.assert(
      fc.asyncProperty(mutated(request), (body) => mustAnswer('/chats', toJsonText(body))),
      fuzz(300),
    )
  },
  fuzzTimeoutMs(60_000),
)
