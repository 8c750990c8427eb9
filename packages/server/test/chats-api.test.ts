import { randomUUID } from 'node:crypto'
import {
  addQuery,
  ageOneHour,
  alterBody,
  aNewMessage,
  base64Digest,
  dropContentType,
  dropDate,
  dropDigest,
  dropSignature,
  futureDate,
  sendRaw,
  setHeader,
  signHeaders,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  wrongDigest,
  wrongSecret,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
})
afterAll(() => world.stop())

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The envelope of spec 01 §2.4. */
const refusal = (status: number, type: string, description: unknown = expect.any(String)) => ({
  status: 0,
  error_code: status,
  error_type: type,
  error_description: description,
})
const invalid = (description: string) => refusal(400, 'ORIGIN_INVALID_PAYLOAD', description)

/** Sends to a channel that has stored nothing yet, and tells what came of it. */
async function post(payload: unknown, options: Parameters<TestChannel['post']>[1] = {}, to = channel) {
  const before = (await world.messagesOf(to)).length
  const answer = await to.post(payload, options)
  const text = await answer.text()
  const stored = (await world.messagesOf(to)).slice(before)
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text,
    json: text === '' ? undefined : JSON.parse(text),
    stored,
  }
}

describe('a channel hands over a message', () => {
  test('it is stored and answered with five ids, in order', async () => {
    const { status, type, text, stored } = await post(
      aNewMessage({ msgid: 'hc-msg-7001', text: 'Is the blue one in stock?' }),
    )
    expect([status, type]).toEqual([200, 'application/json'])
    const answer = JSON.parse(text) as Record<string, Record<string, unknown>>
    expect(Object.keys(answer)).toEqual(['new_message'])
    expect(Object.keys(answer.new_message!)).toEqual(['conversation_id', 'sender_id', 'receiver_id', 'msgid', 'ref_id'])
    expect(answer.new_message).toEqual({
      conversation_id: expect.stringMatching(UUID),
      sender_id: expect.stringMatching(UUID),
      receiver_id: null,
      msgid: expect.stringMatching(UUID),
      ref_id: 'hc-msg-7001',
    })
    expect(stored).toMatchObject([{ msgid: 'hc-msg-7001', text: 'Is the blue one in stock?', status: 'received' }])
  })

  test('the same msgid again is the same message', async () => {
    const event = aNewMessage()
    const first = await post(event)
    const again = await post(event)
    expect([again.status, again.text, again.stored]).toEqual([200, first.text, []])
  })

  test('in the shape and with the signature of 2017', async () => {
    const event = {
      event_type: 'new_message',
      payload: {
        timestamp: 1510000000,
        msgid: 4711,
        conversation_id: 77,
        sender: { id: 9, avatar: '', name: 'Ilya', profile: { phone: 79990001122, email: '' }, profile_link: '' },
        message: { type: 'text', text: 'Any news?' },
      },
    }
    const { status, json, stored } = await post(event, { scheme: 'body' })
    expect([status, json.new_message.ref_id]).toEqual([200, '4711'])
    expect(stored).toMatchObject([{ msgid: '4711', text: 'Any news?', sentAt: new Date(1510000000_000) }])
  })

  test.each([
    [
      'null for what is not known',
      { sender: { id: 'u', name: null, avatar: null, profile: null }, source: null, silent: null, receiver: null },
    ],
    ['unknown fields', { sticker_pack: [1], sender: { id: 'u', mood: {} } }],
    ['no name', { sender: { id: 'nameless' } }],
    ['only the seconds', { msec_timestamp: undefined }],
    ['only the milliseconds', { timestamp: undefined }],
    ['no time at all', { timestamp: null, msec_timestamp: undefined }],
    ['1970', { timestamp: 0, msec_timestamp: 0 }],
    ['an id of 255 bytes', { msgid: `${'é'.repeat(127)}x`, conversation_id: 'c'.repeat(255) }],
    ['a scope in upper case', {}],
  ])('%s: taken', async (what, fields) => {
    const path = what.startsWith('a scope') ? `/v2/origin/custom/${channel.scopeId.toUpperCase()}` : ''
    const { status, stored } = await post(aNewMessage(fields), { path })
    expect([status, stored.length]).toEqual([200, 1])
  })

  test('without a time it is now', async () => {
    const { stored } = await post(aNewMessage({ timestamp: undefined, msec_timestamp: undefined }))
    expect(stored[0]?.sentAt).toEqual(world.now())
  })

  test('10 000 characters with emoji, right-to-left marks and line breaks come back as they were sent', async () => {
    const text = '🚚\u200fשלום\r\n<b>&amp;</b>\u202e\u0007\ufeff'.repeat(500)
    expect(text.length).toBeGreaterThan(10_000)
    const { status, stored } = await post(aNewMessage({ text }))
    expect(status).toBe(200)
    expect(stored[0]?.text).toBe(text)
  })

  test.each([
    [
      'a name that stands twice: the last one counts',
      (json: string) => json.replace('"msgid"', '"msgid":"first","msgid"'),
    ],
    ['a byte order mark', (json: string) => `\ufeff${json}`],
    ['a trailing line feed', (json: string) => `${json}\n`],
  ])('%s', async (_, change) => {
    const { status, stored } = await post(change(JSON.stringify(aNewMessage({ msgid: `last-${randomUUID()}` }))))
    expect([status, stored.length]).toEqual([200, 1])
    expect(stored[0]?.msgid).toMatch(/^last-/)
  })

  test('half an emoji is stored as U+FFFD; in an id it is refused', async () => {
    const event = JSON.stringify(aNewMessage({ text: 'half' }))
    const { status, stored } = await post(event.replace('"half"', String.raw`"half \ud83d"`))
    expect([status, stored[0]?.text]).toEqual([200, 'half \ufffd'])
    const inId = await post(event.replace(/"msgid":"[^"]*"/, String.raw`"msgid":"\udc00"`))
    expect([inId.status, inId.json, inId.stored]).toEqual([
      400,
      invalid('payload.msgid: holds half of a surrogate pair'),
      [],
    ])
  })
})

describe('a signature that is not right', () => {
  test.each([
    ['unsigned', dropSignature, /X-Signature header is missing/],
    ['signed with another secret', wrongSecret, /not the HMAC-SHA1/],
    ['body changed on the way', alterBody, /not the MD5 of the body/],
    ['digest of another body', wrongDigest, /not the MD5 of the body/],
    ['digest in base64', base64Digest, /in hex/],
    ['digest dropped on the way', dropDigest, /not the HMAC-SHA1/],
    ['date dropped on the way', dropDate, /not the HMAC-SHA1/],
    ['an hour old', ageOneHour, /360[01] s behind/],
    ['an hour ahead', futureDate, /3[56]\d\d s ahead/],
    ['no content type', dropContentType, /Content-Type must be application\/json/],
    ['another content type', setHeader('content-type', 'text/plain'), /Content-Type must be application\/json/],
    ['no content type at all', setHeader('content-type', ';'), /Content-Type must be application\/json/],
    ['not hex', setHeader('x-signature', 'F+VYDfOXs6uskArc8jtMnrs6IAs='), /40 hex digits/],
  ])('%s: 403, nothing stored', async (_, alter, why) => {
    const { status, type, json, stored } = await post(aNewMessage(), { alter })
    expect([status, type, stored]).toEqual([403, 'application/json', []])
    expect(json).toEqual(refusal(403, 'ORIGIN_INVALID_SIGNATURE', expect.stringMatching(why)))
  })

  test('the answer shows what should have been signed, never how', async () => {
    const { json } = await post(aNewMessage(), { alter: dropSignature })
    expect(json.error_description).toMatch(
      new RegExp(
        `^invalid signature: .*\nPOST\n[0-9a-f]{32}\napplication/json\n.* \\+0000\n/v2/origin/custom/${channel.scopeId}$`,
      ),
    )
    expect(json.error_description).not.toContain(channel.secret)
  })

  test('a query is not signed, and changes nothing', async () => {
    expect((await post(aNewMessage(), { alter: addQuery })).status).toBe(200)
  })

  test('body-only is refused where the channel does not take it', async () => {
    const strict = await world.aChannel({ legacySignature: 'none' })
    const { status, json } = await post(aNewMessage(), { scheme: 'body' }, strict)
    expect([status, json.error_type]).toEqual([403, 'ORIGIN_INVALID_SIGNATURE'])
  })

  test('the body is not looked at before', async () => {
    expect((await post('{', { alter: wrongSecret })).status).toBe(403)
  })
})

describe('a body that is not right', () => {
  test.each<[string, unknown, string]>([
    ['empty', '', 'body: is missing'],
    ['truncated', '{"event_type":"new_mess', 'body: not valid JSON: a string that is never closed at position 14'],
    ['not JSON', "{'a':1}", `body: not valid JSON: expected a name in double quotes, found "'" at position 1`],
    ['an array', '[]', 'body: must be a JSON object'],
    ['null', 'null', 'body: must be a JSON object'],
    ['a deep nest', '['.repeat(200_000), 'body: not valid JSON: the text ends too early at position 200000'],
    ['no event type', {}, 'event_type: is missing'],
    ['another event type', { event_type: 'delete_message' }, 'event_type: unknown value'],
    ['no payload', { event_type: 'new_message' }, 'payload: is missing'],
    ['a payload that is no object', { event_type: 'new_message', payload: 'x' }, 'payload: must be an object'],
    ['no msgid', aNewMessage({ msgid: undefined }), 'payload.msgid: is missing'],
    ['an empty msgid', aNewMessage({ msgid: '' }), 'payload.msgid: is empty'],
    ['no conversation', aNewMessage({ conversation_id: null }), 'payload.conversation_id: is missing'],
    ['no sender', aNewMessage({ sender: undefined }), 'payload.sender: is missing'],
    ['a sender without id', aNewMessage({ sender: { name: 'Nora' } }), 'payload.sender.id: is missing'],
    ['an id of 256 bytes', aNewMessage({ msgid: 'é'.repeat(128) }), 'payload.msgid: must not be longer than 255 bytes'],
    [
      'an id that JSON rounds',
      JSON.stringify(aNewMessage({ msgid: 0 })).replace('"msgid":0', '"msgid":12345678901234567890'),
      'payload.msgid: is too large for a number; send it as a string',
    ],
    ['an id that is an object', aNewMessage({ msgid: {} }), 'payload.msgid: must be a string'],
    [
      'a long name',
      aNewMessage({ sender: { id: 'u', name: 'n'.repeat(256) } }),
      'payload.sender.name: must not be longer than 255 characters',
    ],
    [
      'a long address',
      aNewMessage({ sender: { id: 'u', avatar: `https://${'a'.repeat(4096)}` } }),
      'payload.sender.avatar: must not be longer than 4096 characters',
    ],
    [
      'a long source',
      aNewMessage({ source: { external_id: 's'.repeat(41) } }),
      'payload.source.external_id: must be 1 to 40 printable ASCII characters',
    ],
    ['no text', aNewMessage({ message: { type: 'text', text: null } }), 'payload.message.text: is missing'],
    ['an empty text', aNewMessage({ text: '' }), 'payload.message.text: is empty'],
    [
      'a long text',
      aNewMessage({ text: 'x'.repeat(20_001) }),
      'payload.message.text: must not be longer than 20000 characters',
    ],
    ['another kind', aNewMessage({ message: { type: 'hologram' } }), 'payload.message.type: unknown value'],
    ['no kind', aNewMessage({ message: { text: 'x' } }), 'payload.message.type: is missing'],
    [
      'U+0000 in the text',
      aNewMessage({ text: 'a\0b' }),
      'payload.message.text: must not contain the character U+0000',
    ],
    [
      'U+0000 where nobody looks',
      aNewMessage({ extra: ['a', { b: '\0' }] }),
      'payload.extra[1].b: must not contain the character U+0000',
    ],
    ['a flag that is none', aNewMessage({ silent: 1 }), 'payload.silent: must be true or false'],
    [
      'a time in words',
      aNewMessage({ timestamp: '1772532930', msec_timestamp: undefined }),
      'payload.timestamp: must be an integer',
    ],
    ['a time before 1970', aNewMessage({ msec_timestamp: -1 }), 'payload.msec_timestamp: must not be negative'],
    [
      '2100',
      aNewMessage({ at: new Date('2100-01-01') }),
      'payload.msec_timestamp: is more than 24 hours in the future; it counts milliseconds since 1970',
    ],
    [
      'milliseconds for seconds',
      aNewMessage({ timestamp: 1772532930125, msec_timestamp: null }),
      'payload.timestamp: is more than 24 hours in the future; it counts seconds since 1970',
    ],
    [
      'nobody',
      aNewMessage({ sender: { ref_id: 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78' } }),
      'payload.sender.ref_id: names nobody known here; give payload.sender.id',
    ],
  ])('%s: 400, nothing stored', async (_, payload, description) => {
    const { status, json, stored } = await post(payload)
    expect([status, json, stored]).toEqual([400, invalid(description), []])
  })

  test('invalid UTF-8: 400', async () => {
    const body = Buffer.concat([Buffer.from('{"event_type":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    const request = signHeaders(
      { method: 'POST', path: `/v2/origin/custom/${channel.scopeId}`, body },
      channel.secret,
      world.now(),
    )
    const answer = await sendRaw(world.url, request, world.agent)
    expect([answer.status, await answer.json()]).toEqual([400, invalid('body: not valid UTF-8')])
  })

  test('over 1 MiB: 413', async () => {
    const { status, json, stored } = await post(`${JSON.stringify(aNewMessage())}${' '.repeat(1024 * 1024)}`)
    expect([status, json, stored]).toEqual([
      413,
      refusal(413, 'ORIGIN_BODY_TOO_LARGE', 'body: must not be larger than 1 MiB'),
      [],
    ])
  })

  test('a user or the bot as sender of a message to nobody', async () => {
    const asUser = await post(aNewMessage({ sender: { id: 'm', ref_id: channel.account.manager.amojoId } }))
    expect([asUser.status, asUser.json.error_description]).toEqual([
      400,
      expect.stringMatching(/^payload\.sender\.ref_id: names a user/),
    ])
    const asBot = await post(aNewMessage({ sender: { id: 'b', ref_id: channel.bot.id } }))
    expect([asBot.status, asBot.json.error_description]).toEqual([
      400,
      expect.stringMatching(/^payload\.sender\.ref_id: names a bot/),
    ])
  })

  test("a client's ref_id stands for the id", async () => {
    const first = await post(aNewMessage({ sender: { id: 'known', name: 'Nora' } }))
    const again = await post(aNewMessage({ sender: { ref_id: first.json.new_message.sender_id } }))
    expect(again.json.new_message.sender_id).toBe(first.json.new_message.sender_id)
  })
})

describe('a path that names nothing', () => {
  const unknown = 'b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78'

  test.each([
    ['an unknown scope', () => `/v2/origin/custom/${channel.id}_${unknown}`],
    ['an unknown channel', () => `/v2/origin/custom/${unknown}/connect`],
    ['a channel that is no UUID', () => '/v2/origin/custom/harbor/connect'],
    ['a scope that is none', () => `/v2/origin/custom/${channel.id}`],
    ['a scope with more', () => `/v2/origin/custom/${channel.scopeId}_1`],
    ['U+0000', () => '/v2/origin/custom/%00'],
  ])('%s: 404', async (_, path) => {
    const { status, json, stored } = await post(aNewMessage(), { path: path(), alter: wrongSecret })
    expect([status, json, stored]).toEqual([
      404,
      refusal(404, 'ORIGIN_NOT_REGISTERED', expect.stringMatching(/^NOT_FOUND/)),
      [],
    ])
  })

  test.each([
    ['POST', '/v2/nothing'],
    ['POST', '/v2/origin/custom'],
    ['GET', '/v2/origin/custom/x'],
    ['PUT', '/v2/origin/custom/x/y/z/w'],
  ])('%s %s: 404 without a body', async (method, path) => {
    const { status, text } = await post('{', { path, method })
    expect([status, text]).toEqual([404, ''])
  })
})
