export { parseMailDate } from './parse-mail-date.ts'
export { bodyDigest, createSigningKey, type SignatureHeaders, signBody, signRequest, stringToSign } from './sign.ts'
export type { SignatureFault, SignatureFaultCode } from './signature-fault.ts'
export { NO_SIGNATURE, type SignatureSpoil, signSpoilt } from './spoil.ts'
export { type HookVerdict, verifyHook } from './verify-hook.ts'
export {
  coversBodyOnly,
  type LegacyCoverage,
  type RequestVerdict,
  SIGNATURE_WINDOW_MS,
  type SignedOperation,
  type SignedRequest,
  type VerifyPolicy,
  verifyRequest,
} from './verify-request.ts'
