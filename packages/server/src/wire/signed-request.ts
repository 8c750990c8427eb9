import type { SignedRequestWish } from '@parley/protocol/model'
import { createSigningKey, type SignatureSpoil, signSpoilt, stringToSign } from '@parley/protocol/signing'

export interface ReadyRequest {
  method: SignedRequestWish['method']
  /** With its query. */
  target: string
  headers: Record<string, string>
  stringToSign: string
  body: Buffer
}

type Wish = Pick<SignedRequestWish, 'method' | 'path' | 'query' | 'headers' | 'body'>

/** A request of the chats API as its channel would send it. */
export function toSignedRequest(
  { method, path, query, headers, body: text }: Wish,
  secret: string,
  how: { now: Date; spoil: SignatureSpoil | undefined },
): ReadyRequest {
  const body = Buffer.from(text)
  const signature = signSpoilt({ method, path, body }, createSigningKey(secret), how)
  const parts = {
    method,
    path,
    contentMd5: signature['Content-MD5'],
    contentType: signature['Content-Type'],
    date: signature.Date,
  }
  return {
    method,
    target: query === '' ? path : `${path}?${query}`,
    headers: { ...headers, ...signature },
    stringToSign: stringToSign(parts),
    body,
  }
}
