import type { RawRequest } from './http-request.ts'
import { signAgain, toWireDate } from './sign-request.ts'

/** Spoils a signed request in one way. `secret` is there for those whose signature must still be right. */
export type Alteration = (request: RawRequest, secret: string) => RawRequest

const MINUTE_MS = 60_000

export const dropSignature: Alteration = (request) => withoutHeader(request, 'x-signature')
export const dropDate: Alteration = (request) => withoutHeader(request, 'date')
export const dropDigest: Alteration = (request) => withoutHeader(request, 'content-md5')
export const dropContentType: Alteration = (request) => withoutHeader(request, 'content-type')

/** Signed rightly, an hour ago. */
export const ageOneHour: Alteration = (request, secret) => shiftDate(-60)(request, secret)
/** Signed rightly, by a clock that is an hour ahead. */
export const futureDate: Alteration = (request, secret) => shiftDate(60)(request, secret)

/** Signed rightly, so many minutes from the time it was made. */
export function shiftDate(minutes: number): Alteration {
  return (request, secret) => {
    const at = new Date(Date.parse(request.headers.date ?? '') + minutes * MINUTE_MS)
    return signAgain({ ...request, headers: { ...request.headers, date: toWireDate(at) } }, secret)
  }
}

/** The signature is right and covers a digest of other bytes. */
export const wrongDigest: Alteration = (request, secret) =>
  signAgain({ ...request, headers: { ...request.headers, 'content-md5': 'd41d8cd98f00b204e9800998ecf8427e' } }, secret)

/** The right digest in the usual spelling of `Content-MD5`, which this API does not take. */
export const base64Digest: Alteration = (request, secret) => {
  const digest = Buffer.from(request.headers['content-md5'] ?? '', 'hex').toString('base64')
  return signAgain({ ...request, headers: { ...request.headers, 'content-md5': digest } }, secret)
}

/** Somebody in between changed a byte after signing. */
export const alterBody: Alteration = (request) => ({
  ...request,
  body: Buffer.concat([request.body, Buffer.from(' ')]),
})

/** Signed with a secret that is not this channel's. */
export const wrongSecret: Alteration = (request) => signAgain(request, 'f'.repeat(40))

/** A query that came after signing changes nothing: it is not signed. */
export const addQuery: Alteration = (request) => ({ ...request, path: `${request.path}?from=test` })

export function setHeader(name: string, value: string): Alteration {
  return (request) => ({ ...request, headers: { ...request.headers, [name]: value } })
}

function withoutHeader(request: RawRequest, name: string): RawRequest {
  const { [name]: _, ...headers } = request.headers
  return { ...request, headers }
}
