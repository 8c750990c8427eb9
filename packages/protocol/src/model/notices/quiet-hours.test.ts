import { describe, expect, test } from 'vitest'
import { endOfQuiet, isQuiet, nextTimeAt, wallClock } from './quiet-hours.ts'

const at = (text: string) => Date.parse(text)
const hours = (h: number, m = 0) => h * 60 + m
const WEEK = [1, 2, 3, 4, 5, 6, 7]

test('a wall clock shows the day and time of its own zone', () => {
  // A Saturday in Lisbon, a Sunday already in Auckland.
  expect(wallClock(at('2026-11-28T23:30:00Z'), 'Europe/Lisbon')).toEqual({ day: 6, minutes: hours(23, 30) })
  expect(wallClock(at('2026-11-28T23:30:00Z'), 'Pacific/Auckland')).toEqual({ day: 7, minutes: hours(12, 30) })
})

describe('quiet hours', () => {
  const night = { isOn: true, from: hours(22), to: hours(7), days: WEEK }

  test.each([
    ['2026-11-28T21:59:00Z', false],
    ['2026-11-28T22:00:00Z', true],
    ['2026-11-29T06:59:00Z', true],
    ['2026-11-29T07:00:00Z', false],
  ])('over midnight: at %s %s', (time, expected) => {
    expect(isQuiet(night, 'UTC', at(time))).toBe(expected)
  })

  test('belong to the day they begin on', () => {
    const friday = { ...night, days: [5] }
    expect(isQuiet(friday, 'UTC', at('2026-11-27T23:00:00Z'))).toBe(true)
    expect(isQuiet(friday, 'UTC', at('2026-11-28T03:00:00Z'))).toBe(true)
    expect(isQuiet(friday, 'UTC', at('2026-11-28T23:00:00Z'))).toBe(false)
    expect(isQuiet(friday, 'UTC', at('2026-11-27T03:00:00Z'))).toBe(false)
  })

  test('are those of the given zone', () => {
    expect(isQuiet(night, 'America/Sao_Paulo', at('2026-11-28T22:30:00Z'))).toBe(false)
    expect(isQuiet(night, 'Europe/Moscow', at('2026-11-28T19:30:00Z'))).toBe(true)
  })

  test('switched off, or empty, are never', () => {
    expect(isQuiet({ ...night, isOn: false }, 'UTC', at('2026-11-28T23:00:00Z'))).toBe(false)
    expect(isQuiet({ ...night, from: 0, to: 0 }, 'UTC', at('2026-11-28T00:00:00Z'))).toBe(false)
  })

  test('end when they say', () => {
    expect(endOfQuiet(night, 'UTC', at('2026-11-28T23:10:00Z'))).toBe(at('2026-11-29T07:00:00Z'))
    expect(endOfQuiet(night, 'UTC', at('2026-11-28T12:00:00Z'))).toBe(at('2026-11-28T12:00:00Z'))
  })
})

describe('the next time a wall clock shows something', () => {
  test.each([
    ['later today', '2026-11-28T06:00:20Z', '2026-11-28T09:00:00Z'],
    ['tomorrow', '2026-11-28T09:00:00Z', '2026-11-29T09:00:00Z'],
  ])('is %s', (_, from, to) => {
    expect(nextTimeAt(hours(9), 'UTC', at(from))).toBe(at(to))
  })

  test.each([
    ['forward', '2026-03-28T12:00:00Z', '2026-03-29T08:00:00Z'],
    ['back', '2026-10-24T12:00:00Z', '2026-10-25T09:00:00Z'],
  ])('holds when the clocks are put %s in between', (_, from, to) => {
    expect(nextTimeAt(hours(9), 'Europe/Lisbon', at(from))).toBe(at(to))
  })
})
