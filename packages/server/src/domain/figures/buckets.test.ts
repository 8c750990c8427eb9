import { expect, test } from 'vitest'
import { bucketOf, LAST_BUCKET, percentile, upToMs, waitsOf } from './buckets.ts'

test('there are not many buckets, and each holds what is up to its end', () => {
  expect(LAST_BUCKET).toBeLessThan(110)
  expect([0, 1, 1000].map(bucketOf)).toEqual([0, 0, 0])
  for (let bucket = 1; bucket < LAST_BUCKET; bucket++) {
    expect(bucketOf(upToMs(bucket) - 1)).toBe(bucket)
    expect(bucketOf(upToMs(bucket) + 1)).toBe(bucket + 1)
  }
  expect(bucketOf(365 * 86_400_000)).toBe(LAST_BUCKET)
})

test('a percentile is within 8 % of the true one', () => {
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  for (const size of [1, 2, 10, 999]) {
    const waits = Array.from({ length: size }, () => 1000 * Math.exp(random() * 13)).sort((a, b) => a - b)
    const counts = new Map<number, number>()
    for (const ms of waits) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1)
    for (const share of [0.5, 0.75, 0.9, 0.95]) {
      const truth = waits[Math.ceil(size * share) - 1]!
      expect(Math.abs(percentile(counts, share)! / truth - 1)).toBeLessThan(0.08)
    }
  }
})

test('of nothing there is none', () => {
  expect(waitsOf()).toEqual({ n: 0, p50: null, p75: null, p90: null, p95: null })
})
