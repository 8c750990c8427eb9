import { expect, test } from 'vitest'
import { dayAfter, presetDue, today } from './due.ts'

const LATE = Date.parse('2026-11-27T22:40:10Z')

test('a day is one of the account’s calendar, wherever the screen is', () => {
  expect(today(LATE, 'UTC')).toBe('2026-11-27')
  expect(today(LATE, 'Asia/Tokyo')).toBe('2026-11-28')
  expect(presetDue('today', LATE, 'Asia/Tokyo')).toEqual({ dueOn: '2026-11-28' })
  expect(presetDue('threeDays', LATE, 'UTC')).toEqual({ dueOn: '2026-11-30' })
  expect(presetDue('week', LATE, 'UTC')).toEqual({ dueOn: '2026-12-04' })
})

test('in an hour is a round time not before it', () => {
  expect(presetDue('hour', LATE, 'UTC')).toEqual({ dueAt: Date.parse('2026-11-27T23:45:00Z') })
})

test('days go over months, years and leap days', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29')
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
})
