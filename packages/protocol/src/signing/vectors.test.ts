import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  createSigningKey,
  type LegacyCoverage,
  type SignedOperation,
  type SignedRequest,
  stringToSign,
  verifyHook,
  verifyRequest,
} from './index.ts'

interface Vector {
  id: string
  note: string
  method: string
  target: string
  headers: Record<string, string>
  body_base64: string
  body_bytes: number
  verdict: 'accept' | 'reject'
}
interface Vectors {
  channel: { secret: string }
  requests: (Vector & { string_to_sign: string; verify_at_unix: number; signed_with_channel_secret: boolean })[]
  legacy_requests: Vector[]
  webhooks: (Vector & { matched_by: 'raw' | 'trimmed' | null })[]
  integration_disabled_hook: { client_secret: string; data: string; signature: string }
  disposable_token: { client_secret: string; token: string }
}

const file = new URL('../../../../fixtures/wire/signature-vectors.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const key = createSigningKey(vectors.channel.secret)
const NOW = new Date(1772532950_000)

const bodyOf = (vector: Vector) => Buffer.from(vector.body_base64, 'base64')

function requestOf(vector: Vector): SignedRequest {
  const {
    Date: date,
    'Content-Type': contentType,
    'Content-MD5': contentMd5,
    'X-Signature': signature,
  } = vector.headers
  return {
    method: vector.method,
    path: vector.target.split('?')[0]!,
    date,
    contentType,
    contentMd5,
    signature,
    body: bodyOf(vector),
  }
}

function operationOf({ target }: Vector): SignedOperation {
  const path = target.split('?')[0]!
  if (path.endsWith('/connect')) return 'connect'
  if (path.endsWith('/disconnect')) return 'disconnect'
  if (path.endsWith('/delivery_status')) return 'delivery_status'
  return /^\/v2\/origin\/custom\/[^/]+$/.test(path) ? 'message' : 'newer'
}

test('there are 63 vectors, and their bodies are whole', () => {
  const all = [...vectors.requests, ...vectors.legacy_requests, ...vectors.webhooks]
  expect(all).toHaveLength(63)
  for (const vector of all) expect(bodyOf(vector), vector.id).toHaveLength(vector.body_bytes)
})

describe.each<LegacyCoverage>(['none', 'core', 'all'])(
  'header scheme, body-only signatures accepted on: %s',
  (legacy) => {
    test.each(vectors.requests)('$id $note: $verdict', (vector) => {
      const request = requestOf(vector)
      const now = new Date(vector.verify_at_unix * 1000)
      const verdict = verifyRequest(request, key, { now, operation: operationOf(vector), legacy })
      if (vector.verdict === 'accept') {
        expect(stringToSign(request)).toBe(vector.string_to_sign)
        expect(verdict).toEqual({ ok: true, scheme: 'header' })
      } else {
        expect(verdict).toMatchObject({ ok: false })
      }
    })
  },
)

describe('body-only scheme', () => {
  test.each(vectors.legacy_requests)('$id $note: $verdict', (vector) => {
    const request = requestOf(vector)
    const operation = operationOf(vector)
    const accepted = vector.verdict === 'accept' ? { ok: true, scheme: 'body' } : { ok: false }
    expect(verifyRequest(request, key, { now: NOW, operation, legacy: 'core' })).toMatchObject(accepted)
    expect(verifyRequest(request, key, { now: NOW, operation, legacy: 'all' })).toMatchObject(accepted)
    expect(verifyRequest(request, key, { now: NOW, operation, legacy: 'none' })).toMatchObject({ ok: false })
  })
})

describe('hooks', () => {
  test.each(vectors.webhooks)('$id $note: $verdict', (vector) => {
    const verdict = verifyHook(bodyOf(vector), vector.headers['X-Signature'], key)
    expect(verdict).toMatchObject(
      vector.verdict === 'accept' ? { ok: true, matchedBy: vector.matched_by } : { ok: false },
    )
  })
})

// Nothing of ours signs these yet: the values are kept true for whoever writes it.
describe('other signatures of the platform', () => {
  test('the hook that an integration was switched off', () => {
    const { client_secret: secret, data, signature } = vectors.integration_disabled_hook
    expect(createHmac('sha256', secret).update(data).digest('hex')).toBe(signature)
  })

  test('a disposable token', () => {
    const { client_secret: secret, token } = vectors.disposable_token
    const [header, payload, signature] = token.split('.')
    expect(createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')).toBe(signature)
  })
})
