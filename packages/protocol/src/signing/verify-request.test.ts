import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSigningKey, type SignedRequest, signBody, signRequest, verifyHook, verifyRequest } from './index.ts'
import { headerMac } from './sign.ts'

const SECRET = '4be1c7a09d3f52681ef0a7b4c35d9826fa1e07d3'
const key = createSigningKey(SECRET)
const now = new Date('2026-03-03T10:15:50Z')
const BODY = Buffer.from('{"account_id":"b8f4e1d2-07c3-4a95-8e6b-3f2a1d0c9e78"}')
const PATH = '/v2/origin/custom/5d0c7a4e-2b61-4f0d-9a3b-6e1f8c2d7b90/connect'
const legacyOn = { now, operation: 'connect', legacy: 'core' } as const
const legacyOff = { now, operation: 'connect', legacy: 'none' } as const

function aRequest(changes: Partial<SignedRequest> = {}, signedAt = now): SignedRequest {
  const body = changes.body ?? BODY
  const headers = signRequest({ method: 'POST', path: PATH, body }, key, signedAt)
  return {
    method: 'POST',
    path: PATH,
    body,
    date: headers.Date,
    contentType: headers['Content-Type'],
    contentMd5: headers['Content-MD5'],
    signature: headers['X-Signature'],
    ...changes,
  }
}

/** Signs whatever the headers say, as a client does that gets something else wrong. */
function signedAsIs(changes: Partial<SignedRequest>): SignedRequest {
  const request = aRequest(changes)
  return { ...request, signature: headerMac(request, key).toString('hex') }
}

const codeOf = (request: SignedRequest, policy: Parameters<typeof verifyRequest>[2] = legacyOn) => {
  const verdict = verifyRequest(request, key, policy)
  return verdict.ok ? verdict.scheme : verdict.code
}

describe('a signed request', () => {
  test('what we sign, we accept', () => expect(codeOf(aRequest())).toBe('header'))

  test.each<[string, Partial<SignedRequest>]>([
    ['signature_missing', { signature: undefined }],
    ['signature_missing', { signature: '' }],
    ['signature_malformed', { signature: 'F+VYDfOXs6uskArc8jtMnrs6IAs=' }],
    ['signature_malformed', { signature: `${'0'.repeat(40)} ` }],
    ['signature_mismatch', { signature: '0'.repeat(40) }],
    ['signature_mismatch', { path: `${PATH}/` }],
    ['signature_mismatch', { method: 'DELETE' }],
    ['signature_mismatch', { contentMd5: undefined }],
    ['signature_mismatch', { date: undefined }],
    ['digest_mismatch', { body: Buffer.from('{}'), ...pick(aRequest(), ['contentMd5', 'signature']) }],
  ])('%s: %o', (code, changes) => expect(codeOf(aRequest(changes))).toBe(code))

  test.each<[string, Partial<SignedRequest>]>([
    ['content_type_refused', { contentType: 'text/plain' }],
    ['content_type_refused', { contentType: 'application/jsonp' }],
    ['content_type_refused', { contentType: undefined }],
    ['digest_missing', { contentMd5: undefined }],
    ['digest_not_hex', { contentMd5: '7UC2DU1BjLiHXaZ7l+Mang==' }],
    ['digest_mismatch', { contentMd5: 'd41d8cd98f00b204e9800998ecf8427e' }],
    ['date_unreadable', { date: '2026-03-03T10:15:50Z' }],
    ['header', { contentType: 'application/json; charset=utf-8' }],
    ['header', { contentType: 'Application/JSON;charset=utf-8' }],
    ['header', { body: Buffer.alloc(0), contentType: undefined, contentMd5: 'D41D8CD98F00B204E9800998ECF8427E' }],
  ])('%s, though the signature is right: %o', (code, changes) => expect(codeOf(signedAsIs(changes))).toBe(code))

  test('the date may be 900 s off, either side, and no more', () => {
    const at = (seconds: number) => codeOf(aRequest({}, new Date(now.getTime() + seconds * 1000)))
    expect([at(-900), at(900), at(-901), at(901)]).toEqual(['header', 'header', 'date_too_old', 'date_too_new'])
    expect(codeOf(aRequest({}, new Date(now.getTime() - 61_000)), { ...legacyOn, windowMs: 60_000 })).toBe(
      'date_too_old',
    )
  })

  test('a fault says what to do and what should have been signed, and gives neither secret nor signature away', () => {
    const right = aRequest()
    const verdict = verifyRequest({ ...right, signature: '0'.repeat(40) }, key, legacyOff)
    if (verdict.ok) throw new Error('accepted')
    expect(verdict.message).toContain(`POST\n${right.contentMd5}\napplication/json\n${right.date}\n${PATH}`)
    expect(verdict.message).not.toContain(right.signature)
    expect(verdict.message).not.toContain(SECRET)
  })

  test('a wrong signature over a base64 digest is told of the digest, too', () => {
    const verdict = verifyRequest(aRequest({ contentMd5: '7UC2DU1BjLiHXaZ7l+Mang==' }), key, legacyOff)
    expect(verdict).toMatchObject({ code: 'signature_mismatch', message: expect.stringContaining('in hex') })
  })
})

describe('a request of 2017, signed over its body alone', () => {
  const legacy = aRequest({ date: undefined, contentMd5: undefined, signature: signBody(BODY, key) })

  test('is accepted where the channel allows it', () => {
    expect(codeOf(legacy)).toBe('body')
    expect(codeOf(legacy, { ...legacyOn, operation: 'newer' })).toBe('date_missing')
    expect(codeOf(legacy, { ...legacyOn, operation: 'newer', legacy: 'all' })).toBe('body')
    expect(codeOf(legacy, legacyOff)).toBe('date_missing')
  })

  test('is accepted with Date and Content-MD5 that it did not sign, however old', () => {
    expect(codeOf({ ...aRequest({}, new Date(0)), signature: signBody(BODY, key) })).toBe('body')
  })

  test('needs a body, and JSON', () => {
    const empty = Buffer.alloc(0)
    expect(codeOf({ ...legacy, body: empty, signature: signBody(empty, key) }, { ...legacyOn, legacy: 'all' })).toBe(
      'date_missing',
    )
    expect(codeOf({ ...legacy, contentType: 'text/plain' })).toBe('content_type_refused')
    expect(codeOf({ ...legacy, signature: '0'.repeat(40) })).toBe('signature_mismatch')
  })

  test('is no way round a right header signature that is stale or over another body', () => {
    const stale = aRequest({}, new Date(now.getTime() - 3_600_000))
    expect(codeOf(stale, { ...legacyOn, legacy: 'all' })).toBe('date_too_old')
    expect(codeOf({ ...aRequest(), body: Buffer.from('{}') }, { ...legacyOn, legacy: 'all' })).toBe('digest_mismatch')
  })
})

test('a flipped bit anywhere in a signature refuses it', () => {
  const { signature = '', ...request } = aRequest()
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 159 }), (bit) => {
      const bytes = Buffer.from(signature, 'hex')
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      expect(codeOf({ ...request, signature: bytes.toString('hex') })).toBe('signature_mismatch')
    }),
  )
})

test('nothing makes the check throw, and nothing but our own signature passes', () => {
  const header = fc.option(fc.string({ unit: 'binary' }), { nil: undefined })
  const requests = fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: fc.string(),
    date: header,
    contentType: header,
    contentMd5: header,
    signature: fc.oneof(header, fc.stringMatching(/^[0-9a-fA-F]{40}$/)),
    body: fc.uint8Array(),
  })
  fc.assert(
    fc.property(requests, (request) => {
      expect(verifyRequest(request, key, { ...legacyOn, legacy: 'all' }).ok).toBe(false)
      expect(verifyHook(request.body, request.signature, key).ok).toBe(false)
    }),
  )
})

describe('signing', () => {
  test.each(['', 'v2', 'https://host/v2', '/v2?offset=0', '/v2/#', '/v2/чат', '/v2/a b'])(
    'refuses the path %j',
    (path) => {
      expect(() => signRequest({ method: 'POST', path, body: BODY }, key, now)).toThrow(TypeError)
    },
  )

  test('refuses an empty secret', () => expect(() => createSigningKey('')).toThrow())

  test('a hook without a body or signature is refused', () => {
    expect(verifyHook(Buffer.alloc(0), signBody(Buffer.alloc(0), key), key)).toMatchObject({ code: 'body_empty' })
    expect(verifyHook(Buffer.from('\n'), signBody(Buffer.alloc(0), key), key)).toMatchObject({ code: 'body_empty' })
    expect(verifyHook(BODY, undefined, key)).toMatchObject({ code: 'signature_missing' })
  })
})

function pick<T extends object, K extends keyof T>(from: T, keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((name) => [name, from[name]])) as Pick<T, K>
}
