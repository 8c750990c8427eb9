import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDate } from './read-date.ts'

const NOW = Date.parse('2026-03-29T22:30:00Z')
const said = (text: string, zone: string) => {
  const span = readDate(text, zone, NOW)
  return span && [new Date(span.fromMs).toISOString(), new Date(span.toMs).toISOString()]
}

test.each([
  ['2026-03-01', 'UTC', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
  ['1.3.2026', 'Europe/Moscow', '2026-02-28T21:00:00.000Z', '2026-03-01T21:00:00.000Z'],
  ['2026-02', 'America/Sao_Paulo', '2026-02-01T03:00:00.000Z', '2026-03-01T03:00:00.000Z'],
  ['2025', 'UTC', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
  // The night the clocks go forward: the day has 23 hours.
  ['2026-03-29', 'Europe/Madrid', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['today', 'Europe/Madrid', '2026-03-29T22:00:00.000Z', '2026-03-30T22:00:00.000Z'],
  ['Yesterday', 'UTC', '2026-03-28T00:00:00.000Z', '2026-03-29T00:00:00.000Z'],
])('%s in %s', (text, zone, from, to) => {
  expect(said(text, zone)).toEqual([from, to])
})

test.each(['2026-13', '2026-02-30', '31.04.2026', 'soon', '', '0000', '2026-3-1-1'])('%j is no date', (text) => {
  expect(readDate(text, 'UTC', NOW)).toBeUndefined()
})

test('whatever is typed, it is a span of time or nothing', () => {
  const anything = fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}[-./]\d{1,2}([-./]\d{1,4})?$/))
  fc.assert(
    fc.property(anything, fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York'), (text, zone) => {
      const span = readDate(text, zone, NOW)
      return span === undefined || span.fromMs < span.toMs
    }),
  )
})
