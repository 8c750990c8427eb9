import { describe, expect, test } from 'vitest'
import { fromLocalMs, toLocalMs } from './local-time.ts'
import { type Shifts, workingMs } from './working-ms.ts'

const HOUR = 3_600_000
const DAY: [number, number][] = [
  [9 * 60, 13 * 60],
  [14 * 60, 18 * 60],
]
const hours: Shifts = { week: [DAY, DAY, DAY, DAY, DAY, [], []], holidays: ['2026-12-25'] }
const at = (text: string) => Date.parse(text)

describe('working time', () => {
  test.each([
    ['within a shift', '2026-11-23T10:00Z', '2026-11-23T11:30Z', 1.5],
    ['over lunch', '2026-11-23T12:00Z', '2026-11-23T15:00Z', 2],
    ['a question at night starts the clock in the morning', '2026-11-23T22:00Z', '2026-11-24T09:30Z', 0.5],
    ['over a weekend', '2026-11-27T17:00Z', '2026-11-30T10:00Z', 2],
    ['over a holiday', '2026-12-24T17:00Z', '2026-12-28T09:00Z', 1],
    ['nothing at all', '2026-11-28T10:00Z', '2026-11-28T11:00Z', 0],
    ['backwards', '2026-11-23T11:00Z', '2026-11-23T10:00Z', 0],
    ['a whole week', '2026-11-23T00:00Z', '2026-11-30T00:00Z', 40],
  ])('%s', (_, from, to, expected) => {
    expect(workingMs(at(from), at(to), hours, 'UTC') / HOUR).toBe(expected)
  })

  // The clocks go forward on 29 March and back on 25 October.
  test('a night shift is as long as it was', () => {
    const night: Shifts = { week: Array.from({ length: 7 }, () => [[0, 6 * 60]] as [number, number][]), holidays: [] }
    const zone = 'Europe/Lisbon'
    expect(workingMs(at('2026-03-28T12:00Z'), at('2026-03-29T12:00Z'), night, zone) / HOUR).toBe(5)
    expect(workingMs(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'), night, zone) / HOUR).toBe(7)
  })

  test('is what a count minute by minute says', () => {
    let seed = 42
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((seed / 2_147_483_648) * below)
    }
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
    ]
    for (let turn = 0; turn < 60; turn++) {
      const zone = zones[turn % zones.length]!
      const week = Array.from({ length: 7 }, () => {
        const cuts = Array.from({ length: 4 }, () => aMinute(random(97))).sort((a, b) => a - b)
        return (
          [
            [cuts[0]!, cuts[1]!],
            [cuts[2]!, cuts[3]!],
          ] as [number, number][]
        ).filter(([a, b]) => a < b)
      })
      const base = at(['2026-03-27T00:00Z', '2026-10-23T00:00Z', '2026-11-01T00:00Z', '2026-04-03T00:00Z'][random(4)]!)
      const from = base + random(3 * 1440) * 60_000
      const to = from + random(3 * 1440) * 60_000
      const holidays = random(3) === 0 ? [new Date(toLocalMs(from, zone)).toISOString().slice(0, 10)] : []
      expect(workingMs(from, to, { week, holidays }, zone)).toBe(byMinutes(from, to, { week, holidays }, zone))
    }
  })
})

/** Not in the hours that come twice or never: what a shift that ends there means is a matter of taste. */
const aMinute = (quarter: number) => (quarter * 15 <= 180 ? 0 : quarter * 15)

function byMinutes(from: number, to: number, { week, holidays }: Shifts, zone: string): number {
  let minutes = 0
  for (let ms = from; ms < to; ms += 60_000) {
    const date = new Date(toLocalMs(ms, zone))
    const minute = date.getUTCHours() * 60 + date.getUTCMinutes()
    const isWork = week[(date.getUTCDay() + 6) % 7]!.some(([a, b]) => minute >= a && minute < b)
    if (isWork && !holidays.includes(date.toISOString().slice(0, 10))) minutes++
  }
  return minutes * 60_000
}

test('a local time that is skipped is the moment of the change', () => {
  expect(fromLocalMs(at('2026-03-29T01:30Z'), 'Europe/Lisbon')).toBe(at('2026-03-29T01:00Z'))
  expect(fromLocalMs(at('2026-10-25T12:00Z'), 'Europe/Lisbon')).toBe(at('2026-10-25T12:00Z'))
})
