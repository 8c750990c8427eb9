import type { Channel } from '../../domain/channels/channel-registry.ts'
import { AppError } from '../../lib/app-error.ts'
import { BoundedMap } from '../../lib/bounded-map.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Rate, TokenBuckets } from '../../lib/token-buckets.ts'

/** Scopes remembered: about 2 MB. */
const REMEMBERED = 10_000
const BURST_SECONDS = 2
/** Wrong signatures may come less often than right ones: 20/s where 50/s are allowed. */
const FAILURES_SHARE = 0.4

/** What is limited, and how. */
export interface Limited {
  /** A scope, or a channel where there is no scope yet. */
  key: string
  channel: Pick<Channel, 'rateLimit'>
  /** Who asks: the address at the other end. */
  address: string
}

/**
 * How often one connection may call (spec 01 §2.5). Each has buckets of its own, so none can use up another's share. In memory and
 * per node.
 *
 * Only what was signed rightly counts against the connection: who merely knows a scope id cannot use up its share. Wrong
 * signatures count per connection and address, and when too many came from one, it is refused unseen. Behind a proxy
 * everybody has one address; therefore the address that last signed rightly for a connection is always heard.
 */
export class RateLimits {
  readonly #clock: Pick<Clock, 'now'>
  readonly #perSecond: number
  readonly #signed = new TokenBuckets(REMEMBERED)
  readonly #failed = new TokenBuckets(REMEMBERED)
  readonly #signers = new BoundedMap<string, string>(REMEMBERED)

  /** @param perSecond for channels that have no limit of their own */
  constructor(clock: Pick<Clock, 'now'>, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /**
   * Before a signature is looked at.
   * @throws {AppError} `ORIGIN_TOO_MANY_REQUESTS`: too many were wrong
   */
  checkFailures({ key, channel, address }: Limited): void {
    if (this.#signers.get(key) === address) return
    this.#refuse(this.#failed.waitMs(`${key} ${address}`, this.#failureRate(channel), this.#now()), 'wrong signatures')
  }

  /** A signature was wrong. */
  countFailure({ key, channel, address }: Limited): void {
    this.#failed.take(`${key} ${address}`, this.#failureRate(channel), this.#now())
  }

  /**
   * A signature was right.
   * @throws {AppError} `ORIGIN_TOO_MANY_REQUESTS`: the connection has used up its share
   */
  countRequest({ key, channel, address }: Limited): void {
    if (this.#signers.get(key) !== address) this.#signers.set(key, address)
    const perSecond = this.#rateOf(channel)
    const rate = { perSecond, burst: perSecond * BURST_SECONDS }
    this.#refuse(this.#signed.take(key, rate, this.#now()), `requests; ${perSecond} a second are allowed`)
  }

  #failureRate(channel: Limited['channel']): Rate {
    const perSecond = this.#rateOf(channel)
    return { perSecond: perSecond * FAILURES_SHARE, burst: perSecond * BURST_SECONDS }
  }

  #rateOf({ rateLimit }: Limited['channel']): number {
    return rateLimit ?? this.#perSecond
  }

  #refuse(waitMs: number, what: string): void {
    if (waitMs === 0) return
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
    throw new AppError('ORIGIN_TOO_MANY_REQUESTS', `too many ${what}; try again in ${retryAfterSeconds} s`, {
      details: { retryAfterSeconds },
    })
  }

  #now(): number {
    return this.#clock.now().getTime()
  }
}
