import { randomUUID } from 'node:crypto'
import { chatEvent, parseBody } from '@parley/protocol/wire'
import {
  aNewMessage,
  dropSignature,
  type HookReceiver,
  type StoredIds,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSchema, CHATS_DOCUMENT, CHATS_DOCUMENT_TEXT, faultsIn, type Operation } from './open-document.ts'

let world: TestWorld
let channel: TestChannel
let hook: HookReceiver
let ids: StoredIds
const client = { id: 'hc-user-55', name: 'Nora Lind' }
beforeAll(async () => {
  world = await startTestWorld()
  hook = await world.aHookReceiver()
  channel = await world.aChannel({ hook, hookVersion: 'v2', events: ['messages', 'typing', 'reactions'] })
  ids = await channel.send(aNewMessage({ conversation_id: 'hc-conv-1001', msgid: 'hc-msg-7001', sender: client }))
})
afterAll(() => world.stop())

const operations = Object.entries(CHATS_DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
)
const byId = (id: string) => operations.find(({ operation }) => operation.operationId === id)!.operation
const faults = (schema: Record<string, unknown>, value: unknown, strict = false) =>
  faultsIn(schema, value, { strict, of: CHATS_DOCUMENT })

/** The answer is one that the document has, and holds nothing else. */
async function expectDocumented(operation: Operation, answer: Response, status: number): Promise<unknown> {
  expect(answer.status).toBe(status)
  expect(Object.keys(operation.responses)).toContain(String(status))
  const schema = answerSchema(operation, status, CHATS_DOCUMENT)
  const text = await answer.text()
  if (!schema) expect(text).toBe('')
  const value = schema && JSON.parse(text)
  if (schema) expect(faults(schema, value, answer.ok)).toEqual([])
  return value
}

describe('the document of the chats API', () => {
  test('has every route once, and no other', () => {
    const routes = world.routeNames
      .filter((name) => name.includes(' /v2/origin/') && !name.startsWith('HEAD '))
      .map((name) => name.replaceAll(/:(\w+)Id/g, '{$1_id}').replaceAll(/:(\w+)/g, '{$1}'))
    expect(operations.map(({ name }) => name).sort()).toEqual(routes.sort())
  })

  test('refers only to what it has', () => {
    const references = [...CHATS_DOCUMENT_TEXT.matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(50)
    for (const reference of new Set(references)) {
      const keys = reference.replace('#/', '').split('/')
      const find = (at: unknown, key: string) => (at as Record<string, unknown> | undefined)?.[key]
      expect(keys.reduce<unknown>(find, CHATS_DOCUMENT), reference).toBeDefined()
    }
  })

  test('is given to everybody', async () => {
    const answer = await fetch(`${world.url}/api/chats/openapi.json`)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect(await answer.json()).toEqual(CHATS_DOCUMENT)
    const headers = { 'if-none-match': answer.headers.get('etag')! }
    expect((await fetch(`${world.url}/api/chats/openapi.json`, { headers })).status).toBe(304)
  })

  test('is packed for whoever can unpack it', async () => {
    const ask = async (encoding: string) => {
      const answer = await fetch(`${world.url}/api/chats/openapi.json`, { headers: { 'accept-encoding': encoding } })
      expect(await answer.json()).toEqual(CHATS_DOCUMENT)
      return answer.headers.get('content-encoding')
    }
    expect(await ask('br, gzip')).toBe('gzip')
    for (const encoding of ['identity', 'gzip;q=0', 'gzip; q=0.0, br']) expect(await ask(encoding)).toBeNull()
    expect(await ask('gzip;q=0.5, br')).toBe('gzip')
  })

  test('explains every code that it refuses with', () => {
    const codes = [...CHATS_DOCUMENT_TEXT.matchAll(/"(ORIGIN_[A-Z_]+)"/g)].map(([, code]) => code!)
    expect(new Set(codes).size).toBe(9)
    for (const code of codes) expect(Object.keys(CHATS_DOCUMENT['x-errors'].codes)).toContain(code)
  })

  const examples = operations.flatMap(({ name, operation }) =>
    Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema, examples = {} }) =>
      Object.entries(examples).map(([key, { value }]) => ({ name: `${name} ${key}`, schema: schema!, value })),
    ),
  )
  test.each(examples)('has an example of $name that fits', ({ schema, value }) => {
    expect(faults(schema, value)).toEqual([])
  })

  const hooks = Object.entries(CHATS_DOCUMENT.webhooks).map(([name, { post }]) => ({ name, operation: post }))
  test.each(hooks)('has an example of $name that fits', ({ operation }) => {
    const { schema, example } = operation.requestBody!.content['application/json']!
    expect(faults(schema!, example, true)).toEqual([])
  })
})

describe('its schemas take what the server takes, in both dialects', () => {
  const { strict, lenient } = {
    strict: { $ref: '#/components/schemas/ChatEvent' },
    lenient: { $ref: '#/components/schemas/ChatEventLenient' },
  }
  const message = {
    msgid: 'm',
    conversation_id: 'c',
    msec_timestamp: 1,
    sender: { id: 'u' },
    message: { type: 'text', text: 'x' },
  }
  const file = { media: 'https://cdn.example.net/a.jpg', file_name: 'a.jpg', file_size: 3 }
  test.each<[string, Record<string, unknown>]>([
    ['as documented', {}],
    ['a number for an id', { msgid: 7 }],
    ['no id', { msgid: undefined }],
    ['an empty id', { msgid: '' }],
    ['a list for an id', { msgid: ['m'] }],
    ['an id that is too long', { msgid: 'm'.repeat(256) }],
    ['null for a receiver', { receiver: null }],
    ['an empty list for a source', { source: [] }],
    ['a text for a source', { source: 'shop' }],
    ['no milliseconds', { msec_timestamp: undefined }],
    ['half a millisecond', { msec_timestamp: 0.5 }],
    ['a field that nobody knows', { color: 'red' }],
    ['no message', { message: undefined }],
    ['an unknown kind', { message: { type: 'smell' } }],
    ['a picture', { message: { type: 'picture', ...file } }],
    ['a picture of 2017', { message: { type: 'image', ...file } }],
    ['a picture without a link', { message: { type: 'picture', ...file, media: undefined } }],
    ['a picture by ftp', { message: { type: 'picture', ...file, media: 'ftp://cdn.example.net/a.jpg' } }],
    ['a size in words', { message: { type: 'file', ...file, file_size: '3' } }],
    ['a place', { message: { type: 'location', location: { lon: 18.06, lat: 59.33 } } }],
    ['a place off the earth', { message: { type: 'location', location: { lon: 181, lat: 59.33 } } }],
    ['a contact without a name', { message: { type: 'contact', contact: { phone: '+1' } } }],
    ['two forwarded messages', { forwards: { messages: [{ id: 'a' }, { id: 'b' }] } }],
  ])('%s', (_, fields) => {
    const event = JSON.parse(JSON.stringify({ event_type: 'new_message', payload: { ...message, ...fields } }))
    const bytes = Buffer.from(JSON.stringify(event))
    expect(faults(strict, event).length === 0, 'strict').toBe(parseBody(chatEvent.strict, bytes).ok)
    expect(faults(lenient, event).length === 0, 'lenient').toBe(parseBody(chatEvent.lenient, bytes).ok)
  })
})

describe('what the server answers is what it says', () => {
  test('to a message, to an edit, and to what is wrong with them', async () => {
    const operation = byId('sendEvent')
    await expectDocumented(operation, await channel.post(aNewMessage()), 200)
    const edit = {
      event_type: 'edit_message',
      payload: { msgid: 'hc-msg-7001', conversation_id: 'hc-conv-1001', message: { type: 'text', text: 'Hi' } },
    }
    await expectDocumented(operation, await channel.post(edit), 200)
    const lost = { ...edit, payload: { ...edit.payload, msgid: randomUUID() } }
    await expectDocumented(operation, await channel.post(lost), 404)
    await expectDocumented(operation, await channel.post({}), 400)
    await expectDocumented(operation, await channel.post(aNewMessage(), { alter: dropSignature }), 403)
    await expectDocumented(operation, await channel.post({ text: 'x'.repeat(1024 * 1024) }), 413)
    await expectDocumented(operation, await channel.post({}, { path: `/v2/origin/custom/${randomUUID()}` }), 404)
  })

  test('to a connection', async () => {
    await expectDocumented(byId('connect'), await channel.connect(), 200)
    const stranger = (await world.aChannel()).account
    await expectDocumented(byId('connect'), await channel.connect({ account: stranger }), 403)
    const other = await world.aChannel()
    await expectDocumented(byId('disconnect'), await other.disconnect(), 200)
  })

  test('to a chat and its history', async () => {
    const body = { conversation_id: randomUUID(), user: { ...client, profile: { phone: '+46700000055' } } }
    await expectDocumented(byId('createChat'), await channel.post(body, { path: '/chats' }), 200)
    await expectDocumented(byId('getChatHistory'), await channel.get(`/chats/${ids.conversation_id}/history`), 200)
    await expectDocumented(byId('getChatHistory'), await channel.get(`/chats/${randomUUID()}/history`), 204)
  })

  test('to typing and reactions', async () => {
    const typing = { conversation_id: 'hc-conv-1001', sender: { id: client.id } }
    await expectDocumented(byId('showTyping'), await channel.post(typing, { path: '/typing' }), 204)
    const reaction = { conversation_id: 'hc-conv-1001', msgid: 'hc-msg-7001', user: { id: client.id } }
    const react = (fields: object, path = '/react') => channel.post({ ...reaction, ...fields }, { path })
    await expectDocumented(byId('react'), await react({ type: 'react', emoji: '👍' }), 200)
    await expectDocumented(byId('react'), await react({ type: 'react' }), 400)
    const { msgid: _, ...rest } = reaction
    const byPath = await channel.post({ ...rest, type: 'unreact' }, { path: `/${ids.msgid}/react` })
    await expectDocumented(byId('reactByPath'), byPath, 200)
  })

  test('in hooks, and to what is reported of them', async () => {
    const manager = await channel.account.asManager()
    await manager.sendText(ids.conversation_id as never, 'We kept one for you')
    const sent = await hook.next()
    const { schema } = CHATS_DOCUMENT.webhooks.messageHookV2!.post.requestBody!.content['application/json']!
    expect(faults(schema!, sent.json(), true)).toEqual([])
    const { id } = sent.json().message.message
    const report = await channel.post({ msgid: id, status_code: 1 }, { path: `/${id}/delivery_status` })
    await expectDocumented(byId('reportDeliveryStatus'), report, 200)
    const lost = await channel.post({ status_code: 1 }, { path: `/${randomUUID()}/delivery_status` })
    await expectDocumented(byId('reportDeliveryStatus'), lost, 404)
  })

  test('in the hook of 2017', async () => {
    const receiver = await world.aHookReceiver()
    const old = await world.aChannel({ hook: receiver, hookVersion: 'v1' })
    const stored = await old.send(aNewMessage())
    await (await old.account.asManager()).sendText(stored.conversation_id as never, 'Hello')
    const { schema } = CHATS_DOCUMENT.webhooks.messageHookV1!.post.requestBody!.content['application/json']!
    expect(faults(schema!, (await receiver.next()).json(), true)).toEqual([])
  })
})
