import type { RequestLog } from '../../domain/channel-requests/request-log.ts'
import type { Deps } from '../../domain/deps.ts'
import type { Ingest } from '../../domain/messages/inbound-message.ts'
import type { Clock } from '../../lib/clock.ts'
import type { RateLimits } from './rate-limits.ts'

export interface ChatsDeps extends Deps {
  ingest: Ingest
  limits: RateLimits
  /** What is asked, for those who look at a channel's console. */
  requestLog: RequestLog
  /** How far a request's `Date` may be from our clock, either side. */
  signatureWindowMs: number
  /** Whose time that is: the real one, also where the server's own is moved. Those who sign do not move with it. */
  signedBy: Clock
}
