/** The signature lab: reads a request that somebody pasted, and says what is wrong with its signature. */
export { type CheckContext, checkSignature } from './check-signature.ts'
export type { Pasted, PastedRequest, PasteFault } from './pasted-request.ts'
export { readParts } from './read-http.ts'
export { readPasted } from './read-pasted.ts'
export type { KnownSecret } from './secrets.ts'
