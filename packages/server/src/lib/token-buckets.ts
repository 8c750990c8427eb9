import { BoundedMap } from './bounded-map.ts'

/** How often something may happen: `perSecond` in the long run, up to `burst` at once. */
export interface Rate {
  perSecond: number
  burst: number
}

const TOKEN = 1000

interface Bucket {
  /** In thousandths: a millisecond gives `perSecond` of them, and whole numbers add up exactly. */
  tokens: number
  /** When `tokens` was right, milliseconds since 1970. */
  atMs: number
}

/**
 * A token bucket per key. It is filled when it is looked at, so no timer runs and an idle key costs nothing; a key that
 * was not asked for in a long while is forgotten, and begins with a full bucket.
 */
export class TokenBuckets {
  readonly #buckets: BoundedMap<string, Bucket>

  /** @param size keys remembered, about */
  constructor(size: number) {
    this.#buckets = new BoundedMap(size)
  }

  /** Takes a token. Answers 0, or without taking one, in how many milliseconds there will be one. */
  take(key: string, rate: Rate, nowMs: number): number {
    const bucket = this.#bucketOf(key, rate, nowMs)
    if (bucket.tokens < TOKEN) return msUntilToken(bucket, rate)
    bucket.tokens -= TOKEN
    return 0
  }

  /** What `take` would answer. */
  waitMs(key: string, rate: Rate, nowMs: number): number {
    const bucket = this.#buckets.get(key)
    if (bucket === undefined) return 0
    fill(bucket, rate, nowMs)
    return bucket.tokens < TOKEN ? msUntilToken(bucket, rate) : 0
  }

  #bucketOf(key: string, rate: Rate, nowMs: number): Bucket {
    const known = this.#buckets.get(key)
    if (known !== undefined) {
      fill(known, rate, nowMs)
      return known
    }
    const bucket = { tokens: rate.burst * TOKEN, atMs: nowMs }
    this.#buckets.set(key, bucket)
    return bucket
  }
}

function fill(bucket: Bucket, { perSecond, burst }: Rate, nowMs: number): void {
  // A clock that was set back gives nothing, and takes nothing.
  const passedMs = Math.max(0, nowMs - bucket.atMs)
  bucket.tokens = Math.min(burst * TOKEN, bucket.tokens + passedMs * perSecond)
  bucket.atMs = nowMs
}

const msUntilToken = ({ tokens }: Bucket, { perSecond }: Rate) => Math.ceil((TOKEN - tokens) / perSecond)
