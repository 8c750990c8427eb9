import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockFacts, dayOf, EARLIEST_MS, startOfDay } from './facts.ts'
import { stepsBack } from './steps-back.ts'

const moments = fc.integer({ min: dayOf(EARLIEST_MS) + 1, max: dayOf(Date.UTC(2060, 0, 1)) }).map(startOfDay)

test('every day of the past is in exactly one of the blocks walked through, and steps touch', () => {
  fc.assert(
    fc.property(moments, moments, fc.boolean(), (one, other, isDear) => {
      const [until, now] = [Math.min(one, other), Math.max(one, other)]
      const steps = [...stepsBack(now, until, { isDear })].filter(({ blocks }) => blocks.length > 0)
      let end = startOfDay(dayOf(now) + 1)
      for (const { blocks, fromMs } of steps) {
        expect(fromMs).toBeLessThan(end)
        for (const day of [dayOf(fromMs), dayOf(end) - 1])
          expect(blocks.filter((block) => blockFacts(day).includes(block))).toHaveLength(1)
        expect(blocks.some((block) => blockFacts(dayOf(fromMs) - 1).includes(block))).toBe(false)
        end = fromMs
      }
      expect(end).toBeLessThanOrEqual(until)
    }),
    { numRuns: 50 },
  )
})

test('a quarter of a century takes few steps', () => {
  expect([...stepsBack(Date.UTC(2026, 10, 28), EARLIEST_MS)].length).toBeLessThan(40)
})
