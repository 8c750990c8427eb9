import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'

/** What a signature by the header scheme covers: five lines, joined by LF. A missing header is an empty line. */
export interface SignedParts {
  /** Upper case. */
  method: string
  contentMd5: string | undefined
  contentType: string | undefined
  date: string | undefined
  /** The request target up to the query, as it stands in the request line: neither decoded nor normalised. */
  path: string
}

/** The headers that make a request a signed one. */
export interface SignatureHeaders {
  Date: string
  'Content-Type': string
  'Content-MD5': string
  'X-Signature': string
}

/**
 * Makes the key for `sign…` and `verify…`. Make it once per channel and keep it: a raw secret costs each HMAC 10 µs more on Node 24.
 * The secret is used as the text it is printed as; its hex digits are not decoded.
 */
export function createSigningKey(secret: string): KeyObject {
  if (secret === '') throw new Error('A channel secret must not be empty: an HMAC without a key proves nothing.')
  return createSecretKey(secret, 'utf8')
}

/** MD5 of the exact body bytes, in lower-case hex: the value of `Content-MD5`. */
export function bodyDigest(body: Uint8Array): string {
  return hash('md5', body, 'hex')
}

export function stringToSign({ method, contentMd5 = '', contentType = '', date = '', path }: SignedParts): string {
  return `${method}\n${contentMd5}\n${contentType}\n${date}\n${path}`
}

/** HMAC-SHA1 of the header scheme. */
export function headerMac(parts: SignedParts, key: KeyObject): Buffer {
  // Node reads headers and request lines as latin1: written back as latin1 they are the bytes that were sent.
  return createHmac('sha1', key).update(stringToSign(parts), 'latin1').digest()
}

/** HMAC-SHA1 over the body alone: hooks, and requests of 2017. */
export function bodyMac(body: Uint8Array, key: KeyObject): Buffer {
  return createHmac('sha1', key).update(body).digest()
}

/** `X-Signature` of a hook (and of a request of 2017): over the exact body bytes and nothing else. */
export function signBody(body: Uint8Array, key: KeyObject): string {
  return bodyMac(body, key).toString('hex')
}

/**
 * Signs a chats API request. Send these four headers with exactly `body`: bytes made anew from the same JSON need not be the same.
 * @param request `path` has no scheme, host or query and is percent-encoded
 * @throws {TypeError} the path could not go out as it was signed
 */
export function signRequest(
  request: { method: string; path: string; body: Uint8Array },
  key: KeyObject,
  now: Date,
): SignatureHeaders {
  if (!/^\/[!-~]*$/.test(request.path) || /[?#]/.test(request.path)) {
    throw new TypeError(
      `Cannot sign the path ${JSON.stringify(request.path)}: use a percent-encoded path without host and query.`,
    )
  }
  // Formatted once and used twice: two calls may fall on either side of a second.
  const date = now.toUTCString().replace('GMT', '+0000')
  const contentType = 'application/json'
  const contentMd5 = bodyDigest(request.body)
  const parts = { method: request.method.toUpperCase(), contentMd5, contentType, date, path: request.path }
  const signature = headerMac(parts, key).toString('hex')
  return { Date: date, 'Content-Type': contentType, 'Content-MD5': contentMd5, 'X-Signature': signature }
}
