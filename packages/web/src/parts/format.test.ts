import { beforeAll, describe, expect, test } from 'vitest'
import { loadTexts } from '../i18n/texts.ts'
import { createFormat, longDuration, money, shortDuration } from './format.ts'

beforeAll(() => loadTexts('common'))

const format = createFormat('en', 'Europe/Lisbon')
const NOW = Date.UTC(2026, 10, 20, 14, 26)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('row time', () => {
  test.each([
    [NOW - 10_000, 'now'],
    [NOW + 5_000, 'now'],
    [NOW - 5 * MINUTE, '5m'],
    [NOW - 90 * MINUTE, '12:56'],
    [NOW - DAY, 'Thu'],
    [NOW - 30 * DAY, 'Oct 21'],
    [NOW - 400 * DAY, 'Oct 16, 2025'],
  ])('%i → %s', (at, text) => {
    expect(format.rowTime(at, NOW)).toBe(text)
  })
})

test.each([
  [NOW, 'Today'],
  [NOW - DAY, 'Yesterday'],
  [NOW - 5 * DAY, 'Sunday, November 15'],
  [NOW - 400 * DAY, 'Oct 16, 2025'],
])('day label %i → %s', (at, text) => {
  expect(format.dayLabel(at, NOW)).toBe(text)
})

test('a day ends at midnight of the reader, not of Greenwich', () => {
  const tokyo = createFormat('en', 'Asia/Tokyo')
  expect(tokyo.dayKey(Date.UTC(2026, 10, 20, 16, 0))).toBe('2026-11-21')
  expect(tokyo.dayLabel(Date.UTC(2026, 10, 20, 14, 0), Date.UTC(2026, 10, 20, 16, 0))).toBe('Yesterday')
})

test('midnight is 00:00', () => {
  expect(createFormat('en', 'UTC').time(Date.UTC(2026, 10, 20, 0, 5))).toBe('00:05')
})

test('durations', () => {
  expect([shortDuration(0), shortDuration(59 * MINUTE), shortDuration(3 * DAY)]).toEqual(['1m', '59m', '3d'])
  expect([longDuration(1), longDuration(MINUTE), longDuration(25 * 60 * MINUTE)]).toEqual([
    'less than a minute',
    '1 minute',
    '1 day',
  ])
})

test('money, also in a currency nobody knows', () => {
  expect(money(4_290, 'EUR')).toBe('€4,290')
  expect(money(4_290, '?')).toBe('4,290 ?')
})
