import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Rate, TokenBuckets } from '../../lib/token-buckets.ts'

const HOUR_SECONDS = 3600

/** How often what stands at the door may be done: by whoever's address or e-mail, or by user. */
const RATES = {
  signUp: { perSecond: 10 / HOUR_SECONDS, burst: 10 },
  subdomain: { perSecond: 2, burst: 60 },
  passkey: { perSecond: 1, burst: 60 },
  /** By address: a whole office may sit behind one. */
  forgotten: { perSecond: 20 / HOUR_SECONDS, burst: 20 },
  forgottenEmail: { perSecond: 3 / HOUR_SECONDS, burst: 3 },
  link: { perSecond: 1, burst: 60 },
  /** By address: a program's server may serve many accounts. */
  token: { perSecond: 5, burst: 100 },
  /** By account and integration (spec 03 §2.3). */
  exchange: { perSecond: 1 / 300, burst: 1 },
  consentPage: { perSecond: 2, burst: 60 },
  consent: { perSecond: 0.5, burst: 30 },
} satisfies Record<string, Rate>

const REMEMBERED = 10_000

/** In memory and per node: it slows down, it is not the lock. */
export class DoorLimits {
  readonly #clock: Pick<Clock, 'now'>
  readonly #buckets = new TokenBuckets(REMEMBERED)

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  /** @throws {AppError} `too_many_attempts` */
  take(what: keyof typeof RATES, who: string): void {
    const waitMs = this.#buckets.take(`${what} ${who}`, RATES[what], this.#clock.now().getTime())
    if (waitMs === 0) return
    const retryAfterSeconds = Math.ceil(waitMs / 1000)
    throw new AppError('too_many_attempts', `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
      details: { retryAfterSeconds },
    })
  }
}
