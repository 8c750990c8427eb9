import { expect, test } from 'vitest'
import { listSnoozeTimes } from './snooze-times.ts'

const times = (now: Date) => listSnoozeTimes(now.getTime()).map(({ id, at }) => [id, new Date(at).toString()])
const ids = (now: Date) => listSnoozeTimes(now.getTime()).map(({ id }) => id)

test('in the morning every time is offered, soonest first', () => {
  expect(times(new Date(2026, 10, 25, 9, 10))).toEqual([
    ['hour', String(new Date(2026, 10, 25, 10, 10))],
    ['later', String(new Date(2026, 10, 25, 12, 30))],
    ['evening', String(new Date(2026, 10, 25, 18))],
    ['tomorrow', String(new Date(2026, 10, 26, 9))],
    ['monday', String(new Date(2026, 10, 30, 9))],
  ])
})

test('an evening that is here or over is not offered', () => {
  expect(ids(new Date(2026, 10, 25, 17, 30))).toEqual(['hour', 'tomorrow', 'monday'])
})

test('on a Sunday tomorrow is said once, on a Monday the next one is meant', () => {
  expect(ids(new Date(2026, 10, 29, 10))).toEqual(['hour', 'later', 'evening', 'tomorrow'])
  expect(times(new Date(2026, 10, 30, 22)).at(-1)).toEqual(['monday', String(new Date(2026, 11, 7, 9))])
})
