import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SIGNATURE_MISTAKES, type SignatureMistakeKind } from '../model/index.ts'
import { type CheckContext, checkSignature } from './check-signature.ts'
import type { PastedRequest } from './pasted-request.ts'

interface Vector {
  id: string
  note: string
  method: string
  target: string
  headers: Record<string, string>
  body_base64: string
  verdict: 'accept' | 'reject'
  verify_at_unix?: number
}
const file = new URL('../../../../fixtures/wire/signature-vectors.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  channel: { id: string; secret: string; account_id: string; scope_id: string }
  requests: Vector[]
  legacy_requests: Vector[]
}
const { secret, id: channelId, scope_id: scopeId, account_id: amojoId } = vectors.channel
const SENT_AT = new Date('2026-03-03T10:15:30Z')
const DATE = 'Tue, 03 Mar 2026 10:15:30 +0000'
const PATH = `/v2/origin/custom/${scopeId}`
const BODY = '{"event_type":"new_message","payload":{"msgid":"a/1","text":"Привет <b> \u00e9","n":[1,{}]}}'
const OLD_SECRET = 'old0c7a4e2b614f0d9a3b6e1f8c2d7b905d0c7a4e'
const OTHER_SECRET = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c'

const context: CheckContext = {
  secret,
  otherSecrets: [
    { text: OLD_SECRET, role: 'expired' },
    { text: OTHER_SECRET, role: 'other_channel', channelName: 'Quay Chat' },
  ],
  legacy: 'core',
  ids: { channelId, scopeId, amojoId },
  origins: ['https://amojo.example.test'],
  at: SENT_AT,
  now: SENT_AT,
}

const md5 = (body: string | Buffer, as: 'hex' | 'base64' = 'hex') => createHash('md5').update(body).digest(as)
const hmac = (key: string | Buffer, text: string | Buffer) => createHmac('sha1', key).update(text).digest('hex')

interface Made {
  method: string
  target: string
  origin?: string
  headers: Record<string, string>
  body: string
}
interface Hand {
  secret?: string | Buffer
  /** The five lines, as they are signed. */
  lines?: (lines: string[]) => string[]
  text?: (lines: string[]) => string
  request?: Partial<Made>
  headers?: Record<string, string | undefined>
  sign?: (text: string, key: string | Buffer) => string
}

/** A request as a hand that errs makes it: what is said here is done otherwise. */
function made({
  secret: key = secret,
  lines,
  text,
  request,
  headers,
  sign = (one, by) => hmac(by, one),
}: Hand): PastedRequest {
  const { method, target, origin, body } = { method: 'POST', target: PATH, origin: undefined, body: BODY, ...request }
  const all: Record<string, string | undefined> = {
    Date: DATE,
    'Content-Type': 'application/json',
    'Content-MD5': md5(body),
    ...headers,
  }
  const right = [method, all['Content-MD5'] ?? '', all['Content-Type'] ?? '', all.Date ?? '', target.split('?')[0]!]
  const signed = text ? text(right) : (lines?.(right) ?? right).join('\n')
  const sent = { ...all, 'X-Signature': 'X-Signature' in all ? all['X-Signature'] : sign(signed, key) }
  return {
    form: 'http',
    method,
    target,
    origin,
    headers: Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    body: Buffer.from(body),
    notes: [],
  }
}

const line = (at: number, value: string | ((given: string) => string)) => (lines: string[]) =>
  lines.map((one, index) => (index !== at ? one : typeof value === 'string' ? value : value(one)))
const json = JSON.parse(BODY) as unknown
const unicode = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
const PHP = unicode(JSON.stringify(json)).replaceAll('/', '\\/')
const PYTHON =
  '{"event_type": "new_message", "payload": {"msgid": "a/1", "text": "\\u041f\\u0440\\u0438\\u0432\\u0435\\u0442 <b> \\u00e9", "n": [1, {}]}}'
const GO_SORTED = '{"event_type":"new_message","payload":{"msgid":"a/1","n":[1,{}],"text":"Привет \\u003cb\\u003e é"}}'
const QUERY = { target: `${PATH}?from=1` }
const CHAT_PATH = '/v2/origin/custom/a%20b/chats'

/** What is done wrong, and what it must be called: the first of what is named. */
const HANDS: [SignatureMistakeKind, string, Hand, string?][] = [
  ['secret_whitespace', 'a line end behind the secret', { secret: `${secret}\n` }, '\\n'],
  ['secret_whitespace', 'a Windows line end behind the secret', { secret: `${secret}\r\n` }],
  ['secret_quoted', 'the secret with its quotes', { secret: `"${secret}"` }],
  ['secret_case', 'the secret in capitals', { secret: secret.toUpperCase() }],
  ['secret_decoded', 'the secret as bytes', { secret: Buffer.from(secret, 'hex') }, 'hex'],
  ['secret_encoded', 'the secret in base64', { secret: Buffer.from(secret).toString('base64') }],
  ['secret_empty', 'no secret', { secret: '' }],
  ['secret_is_id', 'the channel id for the secret', { secret: channelId }, 'channelId'],
  ['secret_previous', 'a secret that has run out', { secret: OLD_SECRET }],
  ['secret_of_other_channel', "another channel's secret", { secret: OTHER_SECRET }, 'Quay Chat'],
  ['secret_sent', 'the secret for a signature', { headers: { 'X-Signature': secret } }],
  ['secret_unknown', 'a secret nobody knows', { secret: 'f'.repeat(40) }],
  ['signature_missing', 'no signature', { headers: { 'X-Signature': undefined } }],
  ['signature_malformed', 'no digest at all', { headers: { 'X-Signature': 'secret!' } }, 'secret!'],
  [
    'signature_base64',
    'base64 of the bytes',
    { sign: (text, key) => createHmac('sha1', key).update(text).digest('base64') },
  ],
  [
    'signature_base64',
    'base64 of the digits',
    { sign: (text, key) => Buffer.from(hmac(key, text)).toString('base64') },
  ],
  ['signature_prefixed', 'sha1= before it', { sign: (text, key) => `sha1=${hmac(key, text)}` }, 'sha1='],
  [
    'algorithm_other',
    'SHA-256',
    { sign: (text, key) => createHmac('sha256', key).update(text).digest('hex') },
    'sha256',
  ],
  [
    'not_hmac',
    'SHA-1 without HMAC',
    {
      sign: (text, key) =>
        createHash('sha1')
          .update(key + text)
          .digest('hex'),
    },
  ],
  ['key_and_text_swapped', 'key and text the wrong way round', { sign: (text, key) => hmac(text, key) }],
  [
    'only_body_signed',
    'only the body, where five lines are wanted',
    { request: { target: `${PATH}/chats` }, text: () => BODY },
  ],
  ['body_signed_too', 'the body behind the lines', { text: (lines) => [...lines, BODY].join('\n') }],
  ['query_signed', 'the query, too', { request: QUERY, lines: line(4, QUERY.target) }],
  [
    'url_signed',
    'the whole address',
    { request: { origin: 'https://crm.example.test' }, lines: line(4, `https://crm.example.test${PATH}`) },
  ],
  ['url_signed', 'the whole address of this server', { lines: line(4, `https://amojo.example.test${PATH}`) }],
  ['path_recoded', 'the path decoded', { request: { target: CHAT_PATH }, lines: line(4, decodeURIComponent) }],
  ['path_slash', 'a slash behind the path', { lines: line(4, (path) => `${path}/`) }],
  ['path_slash', 'no slash before the path', { lines: line(4, (path) => path.slice(1)) }],
  [
    'path_other',
    'the path of the channel',
    { lines: line(4, `/v2/origin/custom/${channelId}`) },
    `/v2/origin/custom/${channelId}`,
  ],
  ['method_case', 'post', { lines: line(0, 'post') }, 'post'],
  ['method_other', 'GET instead of POST', { lines: line(0, 'GET') }, 'GET'],
  ['lines_joined', 'CRLF', { text: (lines) => lines.join('\r\n') }, '\\r\\n'],
  ['lines_joined', 'a backslash and an n', { text: (lines) => lines.join('\\n') }],
  ['lines_joined', 'nothing between the lines', { text: (lines) => lines.join('') }],
  ['lines_order', 'the date before the digest', { lines: ([a, b, c, d, e]) => [a!, d!, b!, c!, e!] }],
  ['line_left_out', 'no content type', { lines: (lines) => lines.filter((_, at) => at !== 2) }, 'Content-Type'],
  ['line_left_out', 'an empty date', { lines: line(3, '') }, 'Date'],
  ['text_newline', 'a line end behind the text', { text: (lines) => `${lines.join('\n')}\n` }],
  ['text_case', 'the text in small letters', { text: (lines) => lines.join('\n').toLowerCase() }],
  ['digest_missing', 'no digest', { headers: { 'Content-MD5': undefined } }],
  ['digest_base64', 'the digest in base64', { headers: { 'Content-MD5': md5(BODY, 'base64') } }],
  ['digest_base64', 'the digest in base64, signed only', { lines: line(1, md5(BODY, 'base64')) }],
  ['digest_case', 'the digest in capitals, signed only', { lines: line(1, md5(BODY).toUpperCase()) }],
  ['digest_empty_body', 'the digest of nothing', { headers: { 'Content-MD5': md5('') } }],
  [
    'digest_empty_body',
    'the digest of two quotes',
    { request: { body: '' }, headers: { 'Content-MD5': md5('""') } },
    '""',
  ],
  ['digest_other_body', 'the digest of another body', { headers: { 'Content-MD5': md5('{"another":1}') } }],
  ['digest_malformed', 'something else for a digest', { headers: { 'Content-MD5': 'yes' } }],
  ['body_for_digest', 'the body itself for the digest', { lines: line(1, BODY) }],
  [
    'body_newline',
    'a line end that was sent, not hashed',
    { request: { body: `${BODY}\n` }, headers: { 'Content-MD5': md5(BODY) } },
  ],
  [
    'body_line_ends',
    'other line ends',
    { request: { body: '{\r\n"a":1\r\n}' }, headers: { 'Content-MD5': md5('{\n"a":1\n}') } },
  ],
  ['body_recoded', 'PHP signed another writing', { headers: { 'Content-MD5': md5(PHP) } }, 'PHP json_encode'],
  ['body_recoded', 'Python signed another writing', { headers: { 'Content-MD5': md5(PYTHON) } }, 'Python json.dumps'],
  [
    'body_recoded',
    'Go sorted the keys',
    { headers: { 'Content-MD5': md5(GO_SORTED) } },
    'Go json.Marshal, sorted keys',
  ],
  [
    'body_recoded',
    'spaces were sent',
    { request: { body: PYTHON }, headers: { 'Content-MD5': md5(JSON.stringify(json)) } },
    'JSON.stringify',
  ],
  [
    'body_encoded',
    'the body as a JSON string',
    { headers: { 'Content-MD5': md5(JSON.stringify(BODY)) } },
    'JSON in JSON',
  ],
  [
    'content_type_other',
    'a charset that was sent only',
    { headers: { 'Content-Type': 'application/json; charset=utf-8' }, lines: line(2, 'application/json') },
    'application/json',
  ],
  ['content_type_missing', 'no content type', { headers: { 'Content-Type': undefined } }],
  [
    'content_type_refused',
    'a form',
    { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'application/x-www-form-urlencoded',
  ],
  ['date_missing', 'no date', { headers: { Date: undefined } }],
  ['date_unreadable', 'an ISO date', { headers: { Date: '2026-03-03T10:15:30Z' } }, '2026-03-03T10:15:30Z'],
  ['date_too_old', 'an hour ago', { headers: { Date: 'Tue, 03 Mar 2026 09:15:30 +0000' } }],
  ['date_too_new', 'in an hour', { headers: { Date: 'Tue, 03 Mar 2026 11:15:30 +0000' } }],
  ['date_format', 'GMT signed, +0000 sent', { lines: line(3, 'Tue, 03 Mar 2026 10:15:30 GMT') }],
  ['date_format', 'ISO signed', { lines: line(3, '2026-03-03T10:15:30.000Z') }],
  [
    'date_zone',
    'local time signed',
    { lines: line(3, 'Tue, 03 Mar 2026 13:15:30 +0300') },
    'Tue, 03 Mar 2026 13:15:30 +0300',
  ],
  ['date_made_twice', 'a second later', { lines: line(3, 'Tue, 03 Mar 2026 10:15:31 +0000') }],
]

describe('a mistake is the first that is named', () => {
  test.each(HANDS)('%s: %s', (kind, _, hand, value) => {
    const { isRight, mistakes, refusal } = checkSignature(made(hand), context)
    expect(mistakes[0]).toMatchObject({ kind, isCertain: kind !== 'secret_unknown', ...(value && { value }) })
    expect(isRight).toBe(false)
    expect(refusal).toBeTruthy()
  })

  test('and every one that can be named has such a hand', () => {
    expect([...new Set(HANDS.map(([kind]) => kind))].sort()).toEqual([...SIGNATURE_MISTAKES].sort())
  })
})

describe('two mistakes at once are both named', () => {
  test.each<[string, Hand, SignatureMistakeKind[]]>([
    [
      'secret and query',
      { secret: `${secret}\n`, request: QUERY, lines: line(4, QUERY.target) },
      ['secret_whitespace', 'query_signed'],
    ],
    [
      'method and address',
      { lines: (lines) => line(4, `https://amojo.example.test${PATH}`)(line(0, 'post')(lines)) },
      ['method_case', 'url_signed'],
    ],
    [
      'the old scheme and the old secret',
      { secret: OLD_SECRET, request: { target: `${PATH}/typing` }, text: () => BODY },
      ['only_body_signed', 'secret_previous'],
    ],
    [
      'another algorithm in base64',
      { sign: (text, key) => createHmac('sha256', key).update(text).digest('base64') },
      ['signature_base64', 'algorithm_other'],
    ],
    [
      'a stale date besides',
      { headers: { Date: 'Tue, 03 Mar 2026 09:15:30 +0000' }, lines: line(0, 'post') },
      ['method_case', 'date_too_old'],
    ],
  ])('%s', (_, hand, kinds) => {
    expect(checkSignature(made(hand), context).mistakes.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('what the chats API takes', () => {
  const asPasted = ({ method, target, headers, body_base64 }: Vector): PastedRequest => ({
    form: 'http',
    method,
    target,
    origin: undefined,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: Buffer.from(body_base64, 'base64'),
    notes: [],
  })
  const checked = (vector: Vector) => {
    const at = new Date((vector.verify_at_unix ?? SENT_AT.getTime() / 1000) * 1000)
    return checkSignature(asPasted(vector), { ...context, at, now: at })
  }
  const all = [...vectors.requests, ...vectors.legacy_requests]

  test.each(all.filter(({ verdict }) => verdict === 'accept'))('$id $note: right', (vector) => {
    expect(checked(vector)).toMatchObject({ isRight: true, mistakes: [], refusal: null, secret: 'present' })
  })

  test.each(all.filter(({ verdict }) => verdict === 'reject'))('$id $note: named', (vector) => {
    const { isRight, mistakes } = checked(vector)
    const expected: Record<string, SignatureMistakeKind> = {
      N01: 'date_too_old',
      N02: 'date_too_new',
      N03: 'query_signed',
      N04: 'url_signed',
      N05: 'method_other',
      N06: 'method_case',
      N07: 'lines_joined',
      N08: 'lines_joined',
      N09: 'digest_base64',
      N10: 'digest_other_body',
      N11: 'secret_decoded',
      N12: 'secret_unknown',
      N13: 'path_slash',
      N14: 'lines_order',
      L09: 'only_body_signed',
      L10: 'content_type_missing',
    }
    expect(isRight).toBe(false)
    if (vector.id !== 'L10') expect(mistakes[0]?.kind).toBe(expected[vector.id])
    else expect(mistakes.map(({ kind }) => kind)).toContain('secret_unknown')
  })

  test('a secret that is good for a while yet is no mistake, and is told', () => {
    const otherSecrets = [{ text: OLD_SECRET, role: 'previous' as const }]
    const check = checkSignature(made({ secret: OLD_SECRET }), { ...context, otherSecrets })
    expect(check).toMatchObject({ isRight: true, mistakes: [], secret: 'previous' })
  })
})

describe('line by line', () => {
  test('what differs stands against what was signed', () => {
    const { lines, signedText } = checkSignature(made({ lines: line(0, 'post') }), context)
    expect(lines[0]).toEqual({ part: 'method', expected: 'POST', signed: 'post' })
    expect(lines.slice(1).every(({ expected, signed }) => expected === signed)).toBe(true)
    expect(signedText).toBeNull()
  })

  test('a text that is no five lines is shown whole', () => {
    const { signedText } = checkSignature(made({ text: (lines) => lines.join('\\n') }), context)
    expect(signedText).toBe(['POST', md5(BODY), 'application/json', DATE, PATH].join('\\n'))
  })

  test('text in any script comes out as it came in', () => {
    const body = '{"text":"Привет"}'
    const check = checkSignature(made({ request: { body }, text: () => body, headers: { Date: undefined } }), {
      ...context,
      legacy: 'none',
    })
    expect(check).toMatchObject({ scheme: 'body', signedText: body, request: { body } })
  })
})

describe('the signature that would be right', () => {
  const right = hmac(secret, ['POST', md5(BODY), 'application/json', DATE, PATH].join('\n'))
  const shownAt = (minutes: number, hand: Hand = { secret: 'x' }) => {
    const now = new Date(SENT_AT.getTime() + minutes * 60_000)
    return checkSignature(made(hand), { ...context, at: now, now }).signature.expected
  }

  test('is shown when its date has run out', () => expect(shownAt(16)).toBe(right))

  test.each([0, 14, 15, -14, -60, -100_000])(
    'is not shown %i minutes behind its date: it would be taken',
    (minutes) => {
      expect(shownAt(minutes)).toBeNull()
    },
  )

  test('is never shown where no date binds it', () => {
    expect(shownAt(16, { secret: 'x', headers: { Date: undefined } })).toBeNull()
    expect(shownAt(16, { secret: 'x', headers: { Date: 'soon' } })).toBeNull()
  })

  test('and no other one, nor a secret, is in what is told', () => {
    for (const [kind, , hand] of HANDS) {
      if (kind === 'secret_sent') continue
      const told = JSON.stringify(checkSignature(made(hand), context))
      for (const one of [secret, OLD_SECRET, OTHER_SECRET]) expect(told).not.toContain(one)
      if (made(hand).headers.every(({ value }) => !value.includes(right))) expect(told).not.toContain(right)
    }
  })
})
