/** Which thing was wrong with a signature. */
export type SignatureFaultCode =
  | 'signature_missing'
  | 'signature_malformed'
  | 'signature_mismatch'
  | 'content_type_refused'
  | 'digest_missing'
  | 'digest_not_hex'
  | 'digest_mismatch'
  | 'date_missing'
  | 'date_unreadable'
  | 'date_too_old'
  | 'date_too_new'
  | 'body_empty'

/** A refusal: what was wrong, where, and what to do. Holds neither the secret nor the signature that would have been right. */
export interface SignatureFault {
  ok: false
  code: SignatureFaultCode
  /** One or two sentences for a person. */
  message: string
}

export const HMAC_SHA1_HEX_DIGITS = 40

const HEX_40 = /^[0-9a-f]{40}$/i

/** The 20 bytes that 40 hex digits of either case stand for; undefined for anything else. */
export function readSignature(header: string): Buffer | undefined {
  return HEX_40.test(header) ? Buffer.from(header, 'hex') : undefined
}

export function fault(code: SignatureFaultCode, message: string): SignatureFault {
  return { ok: false, code, message }
}

/** The fault of a signature that is missing or not 40 hex digits. */
export function unreadableSignature(header: string | undefined): SignatureFault {
  if (header === undefined || header === '') {
    return fault(
      'signature_missing',
      'the X-Signature header is missing; send the HMAC-SHA1 in hex, keyed with the channel secret',
    )
  }
  const wanted = `X-Signature must be ${HMAC_SHA1_HEX_DIGITS} hex digits (HMAC-SHA1 in hex, not base64)`
  return fault('signature_malformed', `${wanted}; got ${header.length} characters`)
}
