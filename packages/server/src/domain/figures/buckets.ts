import type { Waits } from '@parley/protocol/model'

/** Each bucket reaches this much further than the one before, so a percentile is within half of that of the truth. */
const FACTOR = 1.15
const FIRST_MS = 1000
/** The last one begins at two weeks and holds whatever is longer. */
export const LAST_BUCKET = 1 + Math.ceil(Math.log((14 * 86_400_000) / FIRST_MS) / Math.log(FACTOR))

/** Bucket 0 holds up to a second. */
export function bucketOf(ms: number): number {
  if (ms <= FIRST_MS) return 0
  return Math.min(LAST_BUCKET, Math.ceil(Math.log(ms / FIRST_MS) / Math.log(FACTOR)))
}

/** The longest that is in a bucket. */
export const upToMs = (bucket: number): number => Math.round(FIRST_MS * FACTOR ** bucket)

const middleMs = (bucket: number): number => Math.round(FIRST_MS * FACTOR ** (bucket - 0.5))

/** By nearest rank. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const buckets = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)
  const total = buckets.reduce((sum, [, n]) => sum + n, 0)
  let left = Math.max(1, Math.ceil(total * share))
  for (const [bucket, n] of buckets) {
    left -= n
    if (left <= 0) return middleMs(bucket)
  }
  return null
}

export const NO_COUNTS: ReadonlyMap<number, number> = new Map()

export function waitsOf(counts: ReadonlyMap<number, number> = NO_COUNTS): Waits {
  const at = (share: number) => percentile(counts, share)
  const n = [...counts.values()].reduce((sum, one) => sum + one, 0)
  return { n, p50: at(0.5), p75: at(0.75), p90: at(0.9), p95: at(0.95) }
}
