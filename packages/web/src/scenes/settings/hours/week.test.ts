import type { Shift, WorkingHours } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { hoursNow, USUAL, wallTime, withShift } from './week.ts'

const at = (date: string, hour: number) => ({ date, minute: hour * 60 })
const all = (...shifts: Shift[]): WorkingHours => ({ week: USUAL.week.map(() => shifts), holidays: [] })

describe('what is said of now', () => {
  // The 27th of November 2026 is a Friday.
  test.each([
    ['in the middle of a day', USUAL, at('2026-11-27', 12), { kind: 'open', date: null, minute: 1080 }],
    ['before it', USUAL, at('2026-11-27', 7), { kind: 'closed', date: null, minute: 540 }],
    ['over the week-end', USUAL, at('2026-11-27', 18), { kind: 'closed', date: '2026-11-30', minute: 540 }],
    [
      'over a holiday',
      { ...USUAL, holidays: ['2026-11-30'] },
      at('2026-11-28', 12),
      { kind: 'closed', date: '2026-12-01', minute: 540 },
    ],
    ['in a break', all([480, 720], [780, 1020]), at('2026-11-27', 12), { kind: 'closed', date: null, minute: 780 }],
    [
      'through midnight',
      all([0, 120], [1200, 1440]),
      at('2026-11-27', 21),
      { kind: 'open', date: '2026-11-28', minute: 120 },
    ],
    ['to midnight', all([1200, 1440]), at('2026-11-27', 21), { kind: 'open', date: null, minute: 1440 }],
    ['round the clock', all([0, 1440]), at('2026-11-27', 21), { kind: 'always' }],
    ['never', all(), at('2026-11-27', 21), { kind: 'never' }],
  ])('%s', (_, hours, now, expected) => {
    expect(hoursNow(hours as WorkingHours, now)).toEqual(expected)
  })
})

test('clocks of another zone', () => {
  expect(wallTime(Date.UTC(2026, 10, 27, 23, 30), 'Asia/Tokyo')).toEqual({ date: '2026-11-28', minute: 510 })
})

test.each([
  [
    'after the first',
    [[540, 1080]],
    [
      [540, 1080],
      [1140, 1320],
    ],
  ],
  [
    'out of a long one',
    [[540, 1410]],
    [
      [540, 960],
      [1020, 1410],
    ],
  ],
  ['no room', [[1380, 1440]], undefined],
])('a second shift: %s', (_, before, after) => {
  expect(withShift(before as Shift[])).toEqual(after)
})
