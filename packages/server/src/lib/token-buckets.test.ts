import { expect, test } from 'vitest'
import { TokenBuckets } from './token-buckets.ts'

const RATE = { perSecond: 10, burst: 3 }

test('a burst, then as many as the rate gives', () => {
  const buckets = new TokenBuckets(10)
  expect([0, 0, 0, 0].map(() => buckets.take('a', RATE, 1000))).toEqual([0, 0, 0, 100])
  expect(buckets.take('a', RATE, 1099)).toBe(1)
  expect(buckets.take('a', RATE, 1100)).toBe(0)
  expect(buckets.take('a', RATE, 1100)).toBe(100)
})

test('an idle bucket holds no more than the burst', () => {
  const buckets = new TokenBuckets(10)
  buckets.take('a', RATE, 0)
  expect([0, 0, 0, 0].map(() => buckets.take('a', RATE, 1_000_000))).toEqual([0, 0, 0, 100])
})

test('every key has its own', () => {
  const buckets = new TokenBuckets(10)
  for (let count = 0; count < 5; count += 1) buckets.take('a', RATE, 0)
  expect(buckets.take('b', RATE, 0)).toBe(0)
})

test('asking takes nothing, and makes nobody known', () => {
  const buckets = new TokenBuckets(10)
  expect(buckets.waitMs('a', RATE, 0)).toBe(0)
  for (let count = 0; count < 3; count += 1) buckets.take('a', RATE, 0)
  expect([buckets.waitMs('a', RATE, 0), buckets.waitMs('a', RATE, 0), buckets.waitMs('a', RATE, 100)]).toEqual([
    100, 100, 0,
  ])
})

test('a clock that was set back neither gives nor takes', () => {
  const buckets = new TokenBuckets(10)
  for (let count = 0; count < 2; count += 1) buckets.take('a', RATE, 1_000_000)
  expect(buckets.take('a', RATE, 0)).toBe(0)
  expect(buckets.take('a', RATE, 0)).toBe(100)
  expect(buckets.take('a', RATE, 100)).toBe(0)
})

test('keys are forgotten before they fill the memory', () => {
  const buckets = new TokenBuckets(10)
  for (let count = 0; count < 3; count += 1) buckets.take('first', RATE, 0)
  for (let count = 0; count < 100; count += 1) buckets.take(`key ${count}`, RATE, 0)
  expect(buckets.take('first', RATE, 0)).toBe(0)
})
