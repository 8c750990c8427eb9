import { expect, test } from 'vitest'
import { linesOf, periodOf } from './kinds.ts'

test('a period is whole days, both included', () => {
  const { from = 0, until = 0 } = periodOf('2026-03-03', '2026-03-04')
  expect(until - from).toBe(48 * 60 * 60_000)
  expect(periodOf(undefined, undefined)).toEqual({})
  expect(periodOf('nonsense', '')).toEqual({})
  // The wrong way round it is the first day.
  const odd = periodOf('2026-03-03', '2026-03-01')
  expect((odd.until ?? 0) - (odd.from ?? 0)).toBe(24 * 60 * 60_000)
})

test('of what has parts only those that differ are told', () => {
  const acts = { view: 'all', edit: 'all' }
  const details = {
    rights: { before: { leads: acts, incoming: true }, after: { leads: { ...acts, edit: 'own' }, incoming: true } },
    name: { before: 'Ana', after: 'Anna' },
    group: { before: null, after: 401 },
    method: 'passkey',
    moveTo: null,
  }
  expect(linesOf(details)).toEqual([
    { name: 'rights leads edit', text: 'all → own' },
    { name: 'name', text: 'Ana → Anna' },
    { name: 'group', text: '– → 401' },
    { name: 'method', text: 'passkey' },
  ])
})
