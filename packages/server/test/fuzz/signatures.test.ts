import {
  createSigningKey,
  type LegacyCoverage,
  type SignedOperation,
  type VerifyPolicy,
  verifyRequest,
} from '@parley/protocol/signing'
import { fuzz, md5, type RawRequest, signAgain, signBody, toWireDate } from '@parley/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const NOW = new Date('2026-03-03T10:15:30Z')
const SECRET = 'a3f1b2c4d5e6f708192a3b4c5d6e7f8091a2b3c4'
const WINDOW_S = 900

const operations = fc.constantFrom<SignedOperation>('connect', 'disconnect', 'message', 'delivery_status', 'newer')
const coverages = fc.constantFrom<LegacyCoverage>('none', 'core', 'all')
const policies = fc.record<VerifyPolicy>({ now: fc.constant(NOW), operation: operations, legacy: coverages })
/** What may stand in a request line as it is. */
const paths = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019-._~%2F'()*!$&,;:@+=/"), maxLength: 60 })
  .map((rest) => `/v2/origin/custom/${rest}`)
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((json) => Buffer.from(json)),
)
const datesInside = fc.integer({ min: -WINDOW_S, max: WINDOW_S }).map((ageS) => aDate(ageS))
const aDate = (ageS: number) => toWireDate(new Date(NOW.getTime() - ageS * 1000))

/** Signed by the channel's own hand, not by the code under test. */
const requests = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: paths,
    body: bodies,
    date: datesInside,
    contentType: fc.constantFrom('application/json', 'application/json; charset=utf-8', 'Application/JSON'),
  })
  .map(({ method, path, body, date, contentType }) =>
    signAgain({ method, path, body, headers: { date, 'content-type': contentType, 'content-md5': md5(body) } }, SECRET),
  )

const key = createSigningKey(SECRET)

function verify({ method, path, headers, body }: RawRequest, policy: VerifyPolicy) {
  const signed = {
    method,
    path: path.split('?')[0] ?? '',
    body,
    contentMd5: headers['content-md5'],
    contentType: headers['content-type'],
    date: headers.date,
    signature: headers['x-signature'],
  }
  return verifyRequest(signed, key, policy)
}

const withHeader = (request: RawRequest, name: string, value: string): RawRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

/** Another character at a place; never the same text, also not in another case. */
function spoil(text: string, at: number): string {
  const index = at % text.length
  return text.slice(0, index) + (text[index] === '7' ? '8' : '7') + text.slice(index + 1)
}

const SIGNED_HEADERS = ['x-signature', 'content-md5', 'content-type', 'date'] as const

const changes: fc.Arbitrary<(request: RawRequest) => RawRequest> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(7)).map(([at, bit]) => (request: RawRequest) => {
    const body = Buffer.from(request.body)
    // Nothing to flip: a byte more.
    if (body.length === 0) return { ...request, body: Buffer.of(at % 256) }
    body[at % body.length]! ^= 1 << bit
    return { ...request, body }
  }),
  fc.tuple(fc.constantFrom(...SIGNED_HEADERS), fc.nat()).map(
    ([name, at]) =>
      (request: RawRequest) =>
        withHeader(request, name, spoil(request.headers[name]!, at)),
  ),
  fc.constantFrom(...SIGNED_HEADERS).map((name) => (request: RawRequest) => {
    const { [name]: _, ...headers } = request.headers
    return { ...request, headers }
  }),
  fc.constantFrom('GET', 'POST', 'DELETE', 'PUT').map((method) => (request: RawRequest) => ({
    ...request,
    method: method === request.method ? 'PATCH' : method,
  })),
  fc.nat().map((at) => (request: RawRequest) => ({ ...request, path: spoil(request.path, at) })),
  fc.constant((request: RawRequest) => ({ ...request, path: `${request.path}/` })),
)

describe('a signature by headers', () => {
  test('of the holder of the secret is taken, with any query behind the path', () => {
    fc.assert(
      fc.property(requests, policies, fc.constantFrom('', '?', '?offset=1&limit=2'), (request, policy, query) => {
        const verdict = verify({ ...request, path: request.path + query }, policy)
        expect(verdict).toEqual({ ok: true, scheme: 'header' })
      }),
      fuzz(1000),
    )
  })

  test('covers every bit of the request: with any one changed it is refused', () => {
    fc.assert(
      fc.property(requests, policies, changes, (request, policy, change) => {
        const verdict = verify(change(request), policy)
        expect(verdict.ok).toBe(false)
        if (!verdict.ok) expect(verdict.message).not.toContain(SECRET)
      }),
      fuzz(2000),
    )
  })

  test('is refused by another secret', () => {
    fc.assert(
      fc.property(requests, policies, fc.string({ minLength: 1 }), (request, policy, secret) => {
        expect(verify(signAgain(request, `x${secret}`), policy).ok).toBe(false)
      }),
      fuzz(300),
    )
  })

  test('outside the window it is refused for good, whatever else would be taken', () => {
    const ages = fc.integer({ min: WINDOW_S + 1, max: 10 * 365 * 86_400 })
    fc.assert(
      fc.property(requests, policies, ages, fc.boolean(), (request, policy, ageS, isAhead) => {
        const dated = signAgain(withHeader(request, 'date', aDate(isAhead ? -ageS : ageS)), SECRET)
        expect(verify(dated, policy)).toMatchObject({ ok: false, code: isAhead ? 'date_too_new' : 'date_too_old' })
      }),
      fuzz(500),
    )
  })

  test('over a digest in base64 it is refused, and told to be hex', () => {
    fc.assert(
      fc.property(requests, policies, (request, policy) => {
        const digest = Buffer.from(md5(request.body), 'hex').toString('base64')
        const verdict = verify(signAgain(withHeader(request, 'content-md5', digest), SECRET), policy)
        expect(verdict).toMatchObject({ ok: false, code: 'digest_not_hex' })
        if (!verdict.ok) expect(verdict.message).toMatch(/must be the digest in hex.*not in base64/)
      }),
      fuzz(300),
    )
  })
})

describe('a signature over the body alone', () => {
  const isCovered = ({ operation, legacy }: VerifyPolicy) =>
    legacy === 'all' || (legacy === 'core' && operation !== 'newer')

  test('is taken where the channel covers the operation, and never for an empty body', () => {
    const dates = fc.option(fc.oneof(datesInside, fc.constant(aDate(10 * WINDOW_S)), fc.string()), { nil: undefined })
    fc.assert(
      fc.property(
        fc.constantFrom('POST', 'DELETE'),
        paths,
        bodies,
        policies,
        dates,
        (method, path, body, policy, date) => {
          const signed = signBody({ method, path, body }, SECRET)
          const verdict = verify(date === undefined ? signed : withHeader(signed, 'date', date), policy)
          expect(verdict.ok ? verdict.scheme : 'refused').toBe(
            isCovered(policy) && body.length > 0 ? 'body' : 'refused',
          )
        },
      ),
      fuzz(1500),
    )
  })

  test('covers every bit of the body', () => {
    fc.assert(
      fc.property(bodies, policies, fc.nat(), fc.nat(7), (body, policy, at, bit) => {
        const signed = signBody({ method: 'POST', path: '/v2/x', body }, SECRET)
        const altered = Buffer.from(body.length === 0 ? 'x' : body)
        altered[at % altered.length]! ^= 1 << bit
        expect(verify({ ...signed, body: altered }, policy).ok).toBe(false)
      }),
      fuzz(500),
    )
  })
})
