import { randomUUID } from 'node:crypto'
import {
  type Alteration,
  ageOneHour,
  alterBody,
  aNewMessage,
  base64Digest,
  dropDate,
  dropDigest,
  dropSignature,
  futureDate,
  fuzz,
  fuzzTimeoutMs,
  md5,
  type PostOptions,
  type StoredIds,
  sendRaw,
  setHeader,
  signAgain,
  signHeaders,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  wrongDigest,
  wrongSecret,
} from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let ids: StoredIds
let outgoing: string

const client = { id: 'hc-user-55', name: 'Nora Lind' }

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel({ hook: await world.aHookReceiver() })
  ids = await channel.send(aNewMessage({ conversation_id: 'hc-conv-1001', msgid: 'hc-msg-7001', sender: client }))
  const manager = await channel.account.asManager()
  outgoing = (await manager.sendText(ids.conversation_id as never, 'Hello')).id
})
afterAll(() => world.stop())

interface Method {
  verb: string
  /** Below the scope, or the channel. */
  path: () => string
  of: 'channel' | 'scope'
  /** Something it takes; none for a GET. */
  body: (() => Record<string, unknown>) | undefined
  /** The answer to it. */
  ok: number
  /** Signed over the body alone it is good, too. */
  isOld?: boolean
}

const METHODS: Record<string, Method> = {
  connect: {
    verb: 'POST',
    path: () => '/connect',
    of: 'channel',
    body: () => ({ account_id: channel.account.amojoId, hook_api_version: 'v2', title: 'Harbor' }),
    ok: 200,
    isOld: true,
  },
  disconnect: {
    verb: 'DELETE',
    path: () => '/disconnect',
    of: 'channel',
    // Somebody else's account, which is not connected: the others need the connection.
    body: () => ({ account_id: randomUUID() }),
    ok: 200,
    isOld: true,
  },
  'disconnect by POST': {
    verb: 'POST',
    path: () => '/disconnect',
    of: 'channel',
    body: () => ({ account_id: randomUUID() }),
    ok: 200,
    isOld: true,
  },
  message: { verb: 'POST', path: () => '', of: 'scope', body: () => ({ ...aNewMessage() }), ok: 200, isOld: true },
  'create chat': {
    verb: 'POST',
    path: () => '/chats',
    of: 'scope',
    body: () => ({
      conversation_id: randomUUID(),
      source: { external_id: 'shop' },
      user: { ...client, profile: { phone: '+1' } },
    }),
    ok: 200,
  },
  'delivery status': {
    verb: 'POST',
    path: () => `/${outgoing}/delivery_status`,
    of: 'scope',
    body: () => ({ msgid: outgoing, status_code: 1, error_code: null, error: null }),
    ok: 200,
    isOld: true,
  },
  history: {
    verb: 'GET',
    path: () => `/chats/${ids.conversation_id}/history`,
    of: 'scope',
    body: undefined,
    ok: 200,
  },
  typing: {
    verb: 'POST',
    path: () => '/typing',
    of: 'scope',
    body: () => ({ conversation_id: 'hc-conv-1001', sender: { id: client.id }, duration_ms: 5000 }),
    ok: 204,
  },
  react: {
    verb: 'POST',
    path: () => '/react',
    of: 'scope',
    body: () => ({
      conversation_id: 'hc-conv-1001',
      msgid: 'hc-msg-7001',
      user: { id: client.id },
      type: 'react',
      emoji: '👍',
    }),
    ok: 200,
  },
  'react in the path': {
    verb: 'POST',
    path: () => `/${ids.msgid}/react`,
    of: 'scope',
    body: () => ({ conversation_id: 'hc-conv-1001', user: { id: client.id }, type: 'unreact' }),
    ok: 200,
  },
}

const names = Object.keys(METHODS)
const withBody = names.filter((name) => METHODS[name]?.body !== undefined)

const pathOf = ({ of, path }: Method, to: TestChannel, scopeId = to.scopeId) =>
  `/v2/origin/custom/${of === 'channel' ? to.id : scopeId}${path()}`

/** Calls a method with what it takes, or with something else. */
async function call(
  name: string,
  { body, path, to = channel, ...options }: PostOptions & { body?: unknown; to?: TestChannel } = {},
) {
  const method = METHODS[name]!
  const payload = body ?? method.body?.() ?? ''
  const answer = await to.post(payload, { method: method.verb, path: path ?? pathOf(method, to), ...options })
  return read(answer)
}

async function read(answer: Response) {
  const text = await answer.text()
  const json = text === '' ? undefined : JSON.parse(text)
  return { status: answer.status, type: answer.headers.get('content-type'), text, json }
}

const refused = (status: number, error_type: string, description: unknown = expect.any(String)) => ({
  status,
  type: 'application/json',
  json: { status: 0, error_code: status, error_type, error_description: description },
})
const BAD_SIGNATURE = refused(403, 'ORIGIN_INVALID_SIGNATURE', expect.stringMatching(/^invalid signature: /))

/** Dated as the header says, signed so. */
const dated =
  (format: (at: Date) => string): Alteration =>
  (request, secret) =>
    signAgain(
      { ...request, headers: { ...request.headers, date: format(new Date(request.headers.date ?? '')) } },
      secret,
    )

const pad = (number: number) => String(number).padStart(2, '0')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function writtenAt(at: Date, offsetHours: number, zone: string, weekday = ''): string {
  const local = new Date(at.getTime() + offsetHours * 3_600_000)
  const time = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map(pad).join(':')
  return `${weekday}${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time} ${zone}`
}

describe.each(names)('%s', (name) => {
  test('is served', async () => {
    expect((await call(name)).status).toBe(METHODS[name]?.ok)
  })

  test.each<[string, Alteration]>([
    ['GMT', dated((at) => at.toUTCString())],
    ['UT', dated((at) => writtenAt(at, 0, 'UT'))],
    ['UTC, on another weekday', dated((at) => writtenAt(at, 0, 'UTC', 'Xyz, '))],
    ['+0300', dated((at) => writtenAt(at, 3, '+0300'))],
    ['+03:00', dated((at) => writtenAt(at, 3, '+03:00'))],
    ['-0930', dated((at) => writtenAt(at, -9.5, '-0930'))],
  ])('the date may be written in %s', async (_, alter) => {
    expect((await call(name, { alter })).status).toBe(METHODS[name]?.ok)
  })

  test.each<[string, Alteration]>([
    ['no signature', dropSignature],
    ['another’s secret', wrongSecret],
    ['a signature that is none', setHeader('x-signature', 'abc')],
    ['no digest', dropDigest],
    [
      'the digest of something else',
      (request, secret) => (request.body.length > 0 ? wrongDigest(request, secret) : alterDigest(request, secret)),
    ],
    ['a digest in base64', base64Digest],
    ['no date', dropDate],
    ['a date an hour ago', ageOneHour],
    ['a date in an hour', futureDate],
    ['a date that is none', dated(() => 'yesterday')],
    ['a body that changed on the way', alterBody],
  ])('%s: 403', async (_, alter) => {
    expect(await call(name, { alter })).toMatchObject(BAD_SIGNATURE)
  })

  test.each([
    ['unknown', () => `${randomUUID()}_${randomUUID()}`],
    ['no id at all', () => 'nothing'],
    ['of a channel without its account', () => channel.id],
    ['with something behind it', () => `${channel.scopeId}_x`],
    ['with a NUL in it', () => '%00'],
  ])('a scope that is %s: 404', async (_, scopeId) => {
    const method = METHODS[name]!
    if (method.of === 'channel') return
    const answer = await call(name, { path: pathOf(method, channel, scopeId()) })
    expect(answer).toMatchObject(refused(404, 'ORIGIN_NOT_REGISTERED', expect.stringMatching(/^NOT_FOUND/)))
  })

  test('a channel that is unknown: 404', async () => {
    const method = METHODS[name]!
    const to = { ...channel, id: randomUUID(), scopeId: `${randomUUID()}_${channel.account.amojoId}` }
    const path = pathOf(method, to as TestChannel)
    expect(await call(name, { path })).toMatchObject(refused(404, 'ORIGIN_NOT_REGISTERED'))
  })

  test('a scope that was disconnected: 404', async () => {
    if (METHODS[name]?.of === 'channel') return
    const gone = await world.aChannel()
    await gone.disconnect()
    expect(await call(name, { to: gone })).toMatchObject(refused(404, 'ORIGIN_NOT_REGISTERED'))
  })

  test('over the body alone it is signed where that was so before 2019', async () => {
    const method = METHODS[name]!
    const answer = await call(name, { scheme: 'body', body: method.body?.() ?? '{}' })
    if (method.isOld) expect(answer.status).toBe(method.ok)
    else expect(answer).toMatchObject(BAD_SIGNATURE)
  })

  test.each([
    ['none', false],
    ['all', true],
  ] as const)('over the body alone, in a channel that takes it at %s', async (legacySignature, isTaken) => {
    const method = METHODS[name]!
    const to = await world.aChannel({ legacySignature })
    const answer = await call(name, { to, scheme: 'body', body: method.body?.() ?? '{}' })
    if (isTaken && method.body) expect(answer.json?.error_type).not.toBe('ORIGIN_INVALID_SIGNATURE')
    else expect(answer).toMatchObject(BAD_SIGNATURE)
  })
})

const alterDigest: Alteration = (request, secret) =>
  signAgain({ ...request, headers: { ...request.headers, 'content-md5': md5(Buffer.from('else')) } }, secret)

describe.each(withBody)('%s, its body', (name) => {
  test.each([
    ['{"a":', /^body: not valid JSON/],
    ['{}{}', /^body: not valid JSON/],
    ['[]', /^body: must be a JSON object$/],
    ['null', /^body: must be a JSON object$/],
    ['"text"', /^body: must be a JSON object$/],
    ['{}', /: is missing$/],
  ])('%s: 400', async (body, description) => {
    expect(await call(name, { body })).toMatchObject(
      refused(400, 'ORIGIN_INVALID_PAYLOAD', expect.stringMatching(description)),
    )
  })

  const raw = async (body: Buffer) => {
    const method = METHODS[name]!
    const unsigned = { method: method.verb, path: pathOf(method, channel), body }
    return read(await sendRaw(world.url, signHeaders(unsigned, channel.secret, world.now()), world.agent))
  }

  test('nothing: 400', async () => {
    expect(await raw(Buffer.alloc(0))).toMatchObject(refused(400, 'ORIGIN_INVALID_PAYLOAD', 'body: is missing'))
  })

  test('bytes that are no UTF-8: 400', async () => {
    const body = Buffer.concat([Buffer.from('{"account_id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect(await raw(body)).toMatchObject(refused(400, 'ORIGIN_INVALID_PAYLOAD', 'body: not valid UTF-8'))
  })

  test('1 MiB is read, a byte more is not', async () => {
    const filled = (bytes: number) => {
      const text = JSON.stringify({ ...METHODS[name]?.body?.(), filler: '' })
      return Buffer.from(text.replace('"filler":""', `"filler":"${'x'.repeat(bytes - Buffer.byteLength(text))}"`))
    }
    expect((await raw(filled(1024 * 1024))).status).toBe(METHODS[name]?.ok)
    expect(await raw(filled(1024 * 1024 + 1))).toMatchObject(
      refused(413, 'ORIGIN_BODY_TOO_LARGE', 'body: must not be larger than 1 MiB'),
    )
  })

  test('U+0000 anywhere: 400, naming the field', async () => {
    for (const path of textPaths(METHODS[name]?.body?.() ?? {})) {
      const body = replaced(METHODS[name]?.body?.() ?? {}, path, 'a\0b')
      expect(await call(name, { body })).toMatchObject(
        refused(400, 'ORIGIN_INVALID_PAYLOAD', `${path.join('.')}: must not contain the character U+0000`),
      )
    }
  })

  test(
    'any field of any type: taken or refused with a reason, never an error of ours',
    async () => {
      const paths = allPaths(METHODS[name]?.body?.() ?? {})
      const odd = fc.oneof(
        fc.constantFrom<unknown>(
          null,
          true,
          false,
          0,
          -1,
          1e308,
          2 ** 53,
          1.5,
          '',
          ' ',
          [],
          {},
          [[]],
          '\ud800',
          'x'.repeat(5000),
        ),
        fc.jsonValue({ depthSize: 'small' }),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...paths), odd, async (path, value) => {
          const body = replaced(METHODS[name]?.body?.() ?? {}, path, value)
          const { status, json } = await call(name, { body })
          expect(status).toBeLessThan(500)
          if (status >= 400) expect(json).toEqual(refused(status, expect.stringMatching(/^ORIGIN_/) as never).json)
        }),
        fuzz(40),
      )
    },
    fuzzTimeoutMs(60_000),
  )
})

type Path = string[]

function allPaths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const below = Object.entries(value).flatMap(([key, child]) => allPaths(child, [...at, key]))
  return at.length === 0 ? below : [at, ...below]
}

const textPaths = (body: Record<string, unknown>) =>
  allPaths(body).filter((path) => typeof path.reduce<unknown>((value, key) => (value as never)[key], body) === 'string')

function replaced(body: Record<string, unknown>, [key = '', ...rest]: Path, value: unknown): Record<string, unknown> {
  return { ...body, [key]: rest.length === 0 ? value : replaced(body[key] as never, rest, value) }
}
