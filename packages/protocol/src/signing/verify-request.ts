import { type KeyObject, timingSafeEqual } from 'node:crypto'
import { parseMailDate } from './parse-mail-date.ts'
import { bodyDigest, bodyMac, headerMac, type SignedParts, stringToSign } from './sign.ts'
import { fault, readSignature, type SignatureFault, unreadableSignature } from './signature-fault.ts'

/** A request as it came in: literal header values, raw body. */
export interface SignedRequest extends SignedParts {
  signature: string | undefined
  body: Uint8Array
}

/** What a request asks for, as far as signatures care. `newer` stands for every method added since autumn 2019. */
export type SignedOperation = 'connect' | 'disconnect' | 'message' | 'delivery_status' | 'newer'

/** Where the body-only signature of 2017 is still good: nowhere, on the operations that had it, on everything with a body. */
export type LegacyCoverage = 'none' | 'core' | 'all'

export interface VerifyPolicy {
  now: Date
  operation: SignedOperation
  legacy: LegacyCoverage
  /** How far `Date` may be from `now`, either side; 15 minutes when left out. */
  windowMs?: number
}

export type RequestVerdict = { ok: true; scheme: 'header' | 'body' } | SignatureFault

/** A signed request is good for this long after its `Date`, and before it. */
export const SIGNATURE_WINDOW_MS = 15 * 60_000

const BY_HEADER: RequestVerdict = { ok: true, scheme: 'header' }
const BY_BODY: RequestVerdict = { ok: true, scheme: 'body' }
const JSON_MEDIA_TYPE = /^application\/json[ \t]*(?:;|$)/i
const HEX_32 = /^[0-9a-f]{32}$/i

/**
 * Decides whether a request was signed by the holder of `key`. Anything unclear is a refusal.
 *
 * Order:  the header scheme (signature, content type, digest, date) when there is a `Date`; only when its *signature* fails, the
 *         body-only scheme where the channel still allows it. A right header signature over a wrong digest or a stale date is final:
 *         falling through would let an old request in again.
 * Faults: the message ends with the five lines that should have been signed, for the sender to compare with its own.
 */
export function verifyRequest(request: SignedRequest, key: KeyObject, policy: VerifyPolicy): RequestVerdict {
  const verdict = verify(request, key, policy)
  return verdict.ok
    ? verdict
    : { ...verdict, message: `${verdict.message}. The string to sign is:\n${stringToSign(request)}` }
}

function verify(request: SignedRequest, key: KeyObject, policy: VerifyPolicy): RequestVerdict {
  const given = request.signature === undefined ? undefined : readSignature(request.signature)
  if (given === undefined) return unreadableSignature(request.signature)
  const hasDate = request.date !== undefined && request.date !== ''
  if (hasDate && timingSafeEqual(headerMac(request, key), given)) return checkSignedParts(request, policy) ?? BY_HEADER
  const mayBeBodyOnly = coversBodyOnly(policy, request)
  if (mayBeBodyOnly && timingSafeEqual(bodyMac(request.body, key), given)) return checkContentType(request) ?? BY_BODY
  return describeMismatch(request, hasDate, mayBeBodyOnly)
}

/** Whether a signature over the body alone is good for this request. */
export function coversBodyOnly(
  { legacy, operation }: Pick<VerifyPolicy, 'legacy' | 'operation'>,
  { method, body }: SignedRequest,
): boolean {
  // An HMAC of nothing authorises nothing. And any body of the channel's, a hook's too, would do for any reading.
  if (body.length === 0 || method === 'GET' || method === 'HEAD') return false
  return legacy === 'all' || (legacy === 'core' && operation !== 'newer')
}

/** What a right signature by headers leaves to check; undefined when all is well. */
function checkSignedParts(request: SignedRequest, policy: VerifyPolicy): SignatureFault | undefined {
  return checkContentType(request) ?? checkDigest(request) ?? checkDate(request, policy)
}

function checkContentType({ contentType, body }: SignedRequest): SignatureFault | undefined {
  if (contentType === 'application/json' || (contentType !== undefined && JSON_MEDIA_TYPE.test(contentType)))
    return undefined
  if ((contentType === undefined || contentType === '') && body.length === 0) return undefined
  const got = contentType === undefined ? 'the header is missing' : `got ${JSON.stringify(contentType)}`
  return fault('content_type_refused', `Content-Type must be application/json; ${got}`)
}

function checkDigest({ contentMd5, body }: SignedRequest): SignatureFault | undefined {
  if (contentMd5 === undefined || contentMd5 === '') {
    return fault(
      'digest_missing',
      'the Content-MD5 header is missing; send the MD5 of the body in hex (of an empty body, too) and sign it',
    )
  }
  // The digest of bytes that the sender knows is no secret: a plain comparison tells nobody anything.
  const digest = bodyDigest(body)
  if (contentMd5 === digest || contentMd5.toLowerCase() === digest) return undefined
  if (!HEX_32.test(contentMd5)) {
    return fault(
      'digest_not_hex',
      `Content-MD5 must be the digest in hex (32 digits), not in base64; got ${JSON.stringify(contentMd5)}`,
    )
  }
  const received = `the body received here (${body.length} bytes) has ${digest}`
  return fault(
    'digest_mismatch',
    `Content-MD5 is not the MD5 of the body: ${received}; hash exactly the bytes that are sent`,
  )
}

function checkDate(
  { date = '' }: SignedRequest,
  { now, windowMs = SIGNATURE_WINDOW_MS }: VerifyPolicy,
): SignatureFault | undefined {
  const sentAtMs = parseMailDate(date)
  if (sentAtMs === undefined) {
    return fault(
      'date_unreadable',
      `Date must look like "Tue, 03 Mar 2026 10:15:30 +0000"; got ${JSON.stringify(date)}`,
    )
  }
  const ageMs = now.getTime() - sentAtMs
  if (Math.abs(ageMs) <= windowMs) return undefined
  const side = ageMs > 0 ? 'behind' : 'ahead of'
  const distance = `Date is ${Math.ceil(Math.abs(ageMs) / 1000)} s ${side} the clock here (${now.toUTCString()})`
  const message = `${distance}; at most ${windowMs / 1000} s are allowed: set the clock, and sign each request anew`
  return fault(ageMs > 0 ? 'date_too_old' : 'date_too_new', message)
}

function describeMismatch(request: SignedRequest, hasDate: boolean, triedBodyOnly: boolean): SignatureFault {
  if (!hasDate && !triedBodyOnly) {
    return fault(
      'date_missing',
      'the Date header is missing; send the date that was signed (a signature over the body alone is not accepted here)',
    )
  }
  const secret = 'use the channel secret as printed (as text, not hex-decoded)'
  if (!hasDate) {
    return fault(
      'signature_mismatch',
      `X-Signature is not the HMAC-SHA1 of the ${request.body.length} body bytes received; ${secret}, or sign with a Date`,
    )
  }
  const parts = checkContentType(request) ?? checkDigest(request)
  const alsoWrong = parts === undefined ? '' : `; besides, ${parts.message}`
  const bodyOnly = triedBodyOnly ? ', nor of the body alone' : ''
  return fault(
    'signature_mismatch',
    `X-Signature is not the HMAC-SHA1 of the string below${bodyOnly}; ${secret}${alsoWrong}`,
  )
}
