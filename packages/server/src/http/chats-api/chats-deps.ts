import type { Deps } from '../../domain/deps.ts'
import type { Ingest } from '../../domain/messages/inbound-message.ts'
import type { RateLimits } from './rate-limits.ts'

export interface ChatsDeps extends Deps {
  ingest: Ingest
  limits: RateLimits
  /** How far a request's `Date` may be from our clock, either side. */
  signatureWindowMs: number
}
