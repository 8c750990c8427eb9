import { type KeyObject, timingSafeEqual } from 'node:crypto'
import { bodyMac } from './sign.ts'
import { fault, readSignature, type SignatureFault, unreadableSignature } from './signature-fault.ts'

export type HookVerdict = { ok: true; matchedBy: 'raw' | 'trimmed' } | SignatureFault

const LF = 0x0a
const CR = 0x0d

/**
 * Decides whether a hook came from the chat service: its signature is over the body bytes alone.
 * Senders exist that add a line end after signing, so the raw bytes are tried first, then those without one final LF or CRLF.
 * `body` is what came over the network: JSON that was parsed and written again has other bytes.
 */
export function verifyHook(body: Uint8Array, signature: string | undefined, key: KeyObject): HookVerdict {
  const given = signature === undefined ? undefined : readSignature(signature)
  if (given === undefined) return unreadableSignature(signature)
  const trimmed = withoutLineEnd(body)
  // An HMAC of nothing authorises nothing.
  if (trimmed.length === 0)
    return fault('body_empty', 'the hook has no body; keep the raw bytes of the request for the check')
  if (timingSafeEqual(bodyMac(body, key), given)) return { ok: true, matchedBy: 'raw' }
  if (trimmed.length < body.length && timingSafeEqual(bodyMac(trimmed, key), given))
    return { ok: true, matchedBy: 'trimmed' }
  const hint = 'check the secret, and that these are the raw bytes received, not JSON written anew'
  return fault('signature_mismatch', `X-Signature is not the HMAC-SHA1 of the ${body.length} body bytes; ${hint}`)
}

function withoutLineEnd(body: Uint8Array): Uint8Array {
  if (body.at(-1) !== LF) return body
  return body.subarray(0, body.at(-2) === CR ? -2 : -1)
}
