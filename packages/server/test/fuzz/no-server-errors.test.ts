import { ERROR_TYPES } from '@parley/protocol/wire'
import { sql } from '@parley/server/internals'
import {
  aNewMessage,
  aSender,
  fuzz,
  fuzzTimeoutMs,
  type RawRequest,
  sendRaw,
  signHeaders,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutated, toJsonText } from './mutations.ts'
import { type KnownIds, type Method, NO_IDS, strayBodies, validBodies } from './wire-bodies.ts'

let world: TestWorld
/** Stays connected; what connects and disconnects goes to `other`. */
let channel: TestChannel
let other: TestChannel
let ids: KnownIds

beforeAll(async () => {
  world = await startTestWorld()
  const settings = { rate_limit: 1_000_000 }
  channel = await world.aChannel({ settings, legacySignature: 'all' })
  other = await world.aChannel({ settings, account: channel.account })
  ids = await aPopulatedAccount()
})
afterAll(() => world.stop())

/** Chats, people and messages that requests may name, each way. */
async function aPopulatedAccount(): Promise<KnownIds> {
  const known = { ...NO_IDS, chatIds: [] as string[], messageIds: [] as string[], participantIds: [] as string[] }
  for (const number of [1, 2, 3]) {
    const message = { msgid: `m-${number}`, conversation_id: `c-${number}`, sender: aSender({ id: `u-${number}` }) }
    const stored = await channel.send(aNewMessage(message))
    known.chatIds.push(stored.conversation_id)
    known.messageIds.push(stored.msgid)
    known.participantIds.push(stored.sender_id)
    const manager = await channel.account.asManager()
    const reply = await manager.sendText(stored.conversation_id as never, 'We kept one for you')
    known.messageIds.push(reply.id)
  }
  return {
    ...known,
    accountId: channel.account.amojoId,
    userId: channel.account.manager.amojoId,
    botId: channel.bot.id,
  }
}

/** How much is stored. What is refused must not change it. */
async function countAll(): Promise<string> {
  const { rows } = await sql<Record<string, string>>`select
    (select count(*) from message) as messages, (select count(*) from chat) as chats,
    (select count(*) from chat_state) as chat_states, (select count(*) from participant) as participants,
    (select count(*) from contact) as contacts, (select count(*) from lead) as leads,
    (select count(*) from talk) as talks, (select count(*) from notification) as notifications,
    (select count(*) from message_edit) as edits, (select count(*) from chat_post) as posts,
    (select coalesce(sum(unread), 0) from chat_state) as unread, (select count(*) from delivery) as deliveries`.execute(
    world.deps.db,
  )
  return JSON.stringify(rows[0])
}

const DOCUMENTED = new Set([200, 204, 400, 403, 404, 413, 429])

/** Sends it, and holds the answer against what is documented; answers the status. */
async function expectDocumented(request: RawRequest): Promise<number> {
  const before = await countAll()
  const answer = await sendRaw(world.url, request, world.agent)
  const text = await answer.text()
  const told = `${request.method} ${request.path.slice(0, 200)} answered ${answer.status}: ${text.slice(0, 500)}`
  expect(DOCUMENTED.has(answer.status), told).toBe(true)
  if (answer.status >= 400) {
    expectEnvelope(answer, text, told)
    expect(await countAll(), `${told}, but something was stored`).toBe(before)
  }
  return answer.status
}

function expectEnvelope({ status, headers }: Response, text: string, told: string): void {
  // A path that the service does not know.
  if (status === 404 && text === '') return
  const body = JSON.parse(text) as Record<string, unknown>
  expect(Object.keys(body), told).toEqual(['status', 'error_code', 'error_type', 'error_description'])
  expect(body, told).toMatchObject({ status: 0, error_code: status })
  expect(ERROR_TYPES, told).toContain(body.error_type)
  expect(body.error_description, told).toMatch(/./)
  expect(headers.get('content-type'), told).toBe('application/json')
  if (status === 429) expect(Number(headers.get('retry-after')), told).toBeGreaterThan(0)
}

const signed = (method: string, path: string, body: Buffer, by: TestChannel = channel): RawRequest =>
  signHeaders({ method, path, body }, by.secret, world.now())

interface Call {
  method: string
  path: string
  by: TestChannel
}

const scopePath = (by: TestChannel, rest = '') => `/v2/origin/custom/${by.scopeId}${rest}`

function callOf(name: Method, { messageIds, chatIds }: KnownIds, at: number): Call {
  const messageId = encodeURIComponent([...messageIds, 'm-1', 'nobody'][at % (messageIds.length + 2)] ?? '')
  const chatId = [...chatIds, 'nobody'][at % (chatIds.length + 1)] ?? ''
  const calls: Record<Method | 'history', Call> = {
    connect: { method: 'POST', path: `/v2/origin/custom/${other.id}/connect`, by: other },
    disconnect: {
      method: at % 2 === 0 ? 'DELETE' : 'POST',
      path: `/v2/origin/custom/${other.id}/disconnect`,
      by: other,
    },
    message: { method: 'POST', path: scopePath(channel), by: channel },
    chats: { method: 'POST', path: scopePath(channel, '/chats'), by: channel },
    deliveryStatus: { method: 'POST', path: scopePath(channel, `/${messageId}/delivery_status`), by: channel },
    typing: { method: 'POST', path: scopePath(channel, '/typing'), by: channel },
    react: { method: 'POST', path: scopePath(channel, at % 3 === 0 ? `/${messageId}/react` : '/react'), by: channel },
    history: { method: 'GET', path: scopePath(channel, `/chats/${chatId}/history`), by: channel },
  }
  return calls[name]
}

const METHODS: [Method, number][] = [
  ['message', 250],
  ['chats', 80],
  ['react', 80],
  ['deliveryStatus', 80],
  ['typing', 60],
  ['connect', 60],
  ['disconnect', 40],
]

describe('whatever is in a body, the answer is a documented one, and what is refused leaves nothing', () => {
  test.each(METHODS)(
    '%s',
    async (name, usual) => {
      const documents = validBodies(ids)[name]
      const bodies = fc.oneof(
        { weight: 1, arbitrary: strayBodies },
        { weight: 1, arbitrary: documents.map(toJsonText) },
        { weight: 4, arbitrary: mutated(documents).map(toJsonText) },
      )
      const statuses = new Set<number>()
      const property = fc.asyncProperty(bodies, fc.nat(50), async (body, at) => {
        const { method, path, by } = callOf(name, ids, at)
        statuses.add(await expectDocumented(signed(method, path, Buffer.from(body), by)))
      })
      await fc.assert(property, fuzz(usual))
      expect([...statuses], 'some were taken, some refused').toEqual(
        expect.arrayContaining([name === 'typing' ? 204 : 200, 400]),
      )
    },
    fuzzTimeoutMs(30_000),
  )
})

describe('whatever is asked for', () => {
  const numbers = fc.oneof(
    fc.integer().map(String),
    fc.constantFrom(
      '',
      '-1',
      '0',
      '1e3',
      '1.5',
      '9'.repeat(30),
      'NaN',
      'null',
      '0x10',
      '%00',
      '%',
      '%D9%A1',
      '%201',
      '-0',
    ),
    fc.string({ maxLength: 8 }).map(encodeURIComponent),
  )
  const queries = fc
    .array(fc.tuple(fc.constantFrom('offset', 'limit', 'offset[]', 'limit[a]', '__proto__', 'x'), numbers), {
      maxLength: 4,
    })
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`))

  test(
    'a page of history',
    async () => {
      const chatIds = fc.oneof(
        fc.constantFrom(...ids.chatIds, 'nobody', '%00', '%F0%9F', '..%2F..', 'A'.repeat(1000), '%2525'),
        fc.uuid(),
        fc.string({ unit: 'grapheme', minLength: 1 }).map(encodeIfPossible),
      )
      await fc.assert(
        fc.asyncProperty(chatIds, queries, async (chatId, query) => {
          const request = signed('GET', scopePath(channel, `/chats/${chatId}/history`), Buffer.alloc(0))
          await expectDocumented({ ...request, path: request.path + query })
        }),
        fuzz(80),
      )
    },
    fuzzTimeoutMs(30_000),
  )

  test(
    'any method and path',
    async () => {
      const parts = fc.constantFrom(
        '/v2',
        '/origin',
        '/custom',
        `/${channel.scopeId}`,
        `/${channel.scopeId.toUpperCase()}`,
        `/${channel.id}`,
        `/${channel.id}_`,
        '/_',
        '/chats',
        `/${ids.chatIds[0]}`,
        '/history',
        '/typing',
        '/react',
        '/connect',
        '/delivery_status',
        '/',
        '/.',
        '/..',
        '/%2e%2e',
        '/%00',
        '/%ff',
        '/%',
        '/%F0%9F%9A%9A',
        '/a%2Fb',
        '/;x=1',
        '/*',
        '/%C3%BF',
        `/${'x'.repeat(1100)}`,
      )
      const paths = fc.oneof(
        fc.array(parts, { maxLength: 6 }).map((list) => `/v2/${list.join('')}`),
        fc.array(parts, { maxLength: 3 }).map((list) => scopePath(channel, list.join(''))),
      )
      const methods = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS')
      await fc.assert(
        fc.asyncProperty(methods, paths, queries, strayBodies, async (method, path, query, body) => {
          const request = signed(method, path, body)
          await expectDocumented({ ...request, path: request.path + query })
        }),
        fuzz(200),
      )
    },
    fuzzTimeoutMs(30_000),
  )

  test(
    'any headers',
    async () => {
      const names = fc.constantFrom(
        'date',
        'content-type',
        'content-md5',
        'x-signature',
        'accept',
        'accept-encoding',
        'content-encoding',
        'cookie',
        'authorization',
        'x-http-method-override',
        'x-forwarded-host',
        'origin',
        'if-none-match',
        'range',
      )
      const values = fc.oneof(
        fc.constantFrom('', 'gzip', '*', 'text/plain', 'application/json;', 'multipart/form-data', 'a'.repeat(3000)),
        fc.constantFrom('Tue, 03 Mar 2026 10:15:30 +0000', '0'.repeat(40), 'bytes=0-', '\u00ff\u00fe'),
        fc.string({ unit: 'grapheme-ascii' }),
      )
      const extra = fc.array(fc.tuple(names, values), { minLength: 1, maxLength: 4 })
      const event = toJsonText(aNewMessage({ msgid: 'h-1', conversation_id: 'c-1', sender: { id: 'u-1' } }))
      await fc.assert(
        fc.asyncProperty(extra, fc.boolean(), async (headers, isSignedAgain) => {
          const request = signed('POST', scopePath(channel), Buffer.from(event))
          const changed = { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } }
          await expectDocumented(
            isSignedAgain ? { ...changed, headers: { ...changed.headers, ...resigned(changed) } } : changed,
          )
        }),
        fuzz(80),
      )
    },
    fuzzTimeoutMs(30_000),
  )

  test('more than a mebibyte, and just less', async () => {
    const padded = (bytes: number) => Buffer.from(`{"a":"${'x'.repeat(bytes - 8)}"}`)
    expect(await expectDocumented(signed('POST', scopePath(channel), padded(1024 * 1024 + 1)))).toBe(413)
    expect(await expectDocumented(signed('POST', scopePath(channel), padded(1024 * 1024)))).toBe(400)
  })
})

const resigned = ({ method, path, body, headers }: RawRequest) => ({
  ...signHeaders({ method, path, body }, channel.secret, world.now()).headers,
  ...headers,
})

function encodeIfPossible(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}
