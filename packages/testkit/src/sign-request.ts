import { createHash, createHmac } from 'node:crypto'
import type { RawRequest } from './http-request.ts'

/**
 * The channel's side of the signature, written a second time on purpose: a test that signed with the server's own code
 * would not notice when both were wrong in the same way.
 */
export type SignatureScheme = 'headers' | 'body'

export interface UnsignedRequest {
  method: string
  path: string
  body: Buffer
}

/** The present scheme: method, digest, content type, date and path, one to a line. */
export function signHeaders({ method, path, body }: UnsignedRequest, secret: string, at: Date): RawRequest {
  const hasBody = body.length > 0
  const headers: Record<string, string> = { date: toWireDate(at), 'content-md5': md5(body) }
  if (hasBody) headers['content-type'] = 'application/json'
  return signAgain({ method, path, headers, body }, secret)
}

/** The scheme of 2017: the body alone. */
export function signBody({ method, path, body }: UnsignedRequest, secret: string): RawRequest {
  return { method, path, body, headers: { 'content-type': 'application/json', 'x-signature': hmac(secret, body) } }
}

/** Signs what stands in the headers now, right or wrong. */
export function signAgain(request: RawRequest, secret: string): RawRequest {
  const { headers } = request
  const lines = [
    request.method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers.date ?? '',
    pathOnly(request.path),
  ]
  return { ...request, headers: { ...headers, 'x-signature': hmac(secret, lines.join('\n')) } }
}

/** `Tue, 03 Mar 2026 10:15:30 +0000` */
export function toWireDate(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000')
}

export function hmac(secret: string, text: string | Buffer): string {
  return createHmac('sha1', secret).update(text).digest('hex')
}

export function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex')
}

function pathOnly(path: string): string {
  const end = path.indexOf('?')
  return end < 0 ? path : path.slice(0, end)
}
