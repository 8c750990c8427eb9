import type { KeyObject } from 'node:crypto'
import { type SignatureHeaders, signRequest } from './sign.ts'

/** What is wrong with a signature on purpose, to see that it is refused. */
export type SignatureSpoil = 'wrong-signature' | 'stale-date'

const STALE_MS = 86_400_000
/** Well formed, and nobody's. */
export const NO_SIGNATURE = '0'.repeat(40)

/** As `signRequest`, spoilt when told to: signed with nothing, or rightly, but a day ago. */
export function signSpoilt(
  request: { method: string; path: string; body: Uint8Array },
  key: KeyObject,
  { now, spoil }: { now: Date; spoil: SignatureSpoil | undefined },
): SignatureHeaders {
  const at = spoil === 'stale-date' ? new Date(now.getTime() - STALE_MS) : now
  const headers = signRequest(request, key, at)
  return spoil === 'wrong-signature' ? { ...headers, 'X-Signature': NO_SIGNATURE } : headers
}
