import { describe, expect, test } from 'vitest'
import { dayOf, nextDay, startOfDay } from './zoned-day.ts'

describe('a day in a time zone', () => {
  test.each([
    ['2026-11-30', 'UTC', '2026-11-30T00:00:00.000Z'],
    ['2026-11-30', 'Europe/Berlin', '2026-11-29T23:00:00.000Z'],
    ['2026-06-30', 'Europe/Berlin', '2026-06-29T22:00:00.000Z'],
    ['2026-11-30', 'America/Los_Angeles', '2026-11-30T08:00:00.000Z'],
    // The day on which the clocks go back, and the one behind it.
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    // Half hours, and a midnight that is skipped.
    ['2026-01-01', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, start) => {
    expect(startOfDay(day, zone).toISOString()).toBe(start)
    expect(dayOf(startOfDay(day, zone), zone)).toBe(day)
  })

  test('the next one', () => {
    expect(nextDay('2026-12-31')).toBe('2027-01-01')
  })
})
