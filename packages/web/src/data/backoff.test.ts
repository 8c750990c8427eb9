import { expect, test } from 'vitest'
import { planBackoff } from './backoff.ts'

const limits = { firstMs: 250, maxMs: 10_000 }

test.each([
  [1, 250],
  [2, 500],
  [5, 4_000],
  [7, 10_000],
  [500, 10_000],
])('after failure %i: %i ms at most', (failures, ms) => {
  expect(planBackoff(failures, limits, 0)).toBe(ms)
  expect(planBackoff(failures, limits, 0.999)).toBeGreaterThanOrEqual(ms / 2)
})
