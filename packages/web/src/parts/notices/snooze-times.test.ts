import { expect, test } from 'vitest'
import { listSnoozeTimes } from './snooze-times.ts'

const labels = (now: Date) => listSnoozeTimes(now.getTime()).map(({ label }) => label.split('.')[1])

test('in the morning every time is offered', () => {
  const times = listSnoozeTimes(new Date(2026, 10, 25, 10).getTime())
  expect(times.map(({ at }) => new Date(at).toString())).toEqual(
    [new Date(2026, 10, 25, 11), new Date(2026, 10, 25, 18), new Date(2026, 10, 26, 9), new Date(2026, 10, 30, 9)].map(
      String,
    ),
  )
})

test('an evening that is here or over is not offered', () => {
  expect(labels(new Date(2026, 10, 25, 17, 30))).toEqual(['inAnHour', 'tomorrow', 'nextWeek'])
})

test('on a Sunday tomorrow is said once', () => {
  expect(labels(new Date(2026, 10, 29, 10))).toEqual(['inAnHour', 'thisEvening', 'tomorrow'])
})
