import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

const day = (date: Date) => [date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()]
const times = (now: Date) => snoozeTimes(now).map(({ id, at }) => [id, ...day(new Date(at))])

test('on a Wednesday morning', () => {
  expect(times(new Date(2026, 10, 25, 9, 10))).toEqual([
    ['later', 2026, 10, 25, 12, 30],
    ['tonight', 2026, 10, 25, 18, 0],
    ['tomorrow', 2026, 10, 26, 9, 0],
    ['week', 2026, 10, 30, 9, 0],
  ])
})

test('late on a Monday nothing is left of the day, and the week begins in seven', () => {
  expect(times(new Date(2026, 10, 30, 22, 0))).toEqual([
    ['tomorrow', 2026, 11, 1, 9, 0],
    ['week', 2026, 11, 7, 9, 0],
  ])
})
