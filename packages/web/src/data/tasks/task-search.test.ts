import { expect, test } from 'vitest'
import { readTaskSearch } from './task-search.ts'

test('an address says what is shown', () => {
  const search = { view: 'week', who: 'all', kind: 'call', day: '2026-11-30', task: 610001 }
  expect(readTaskSearch(search)).toEqual(search)
  expect(readTaskSearch({ who: 500001 })).toEqual({ who: 500001 })
})

test('what makes no sense in it is left out', () => {
  const search = { view: 'month', who: 'nobody', kind: 'party', day: '2026-13-45', task: -1, more: true }
  expect(readTaskSearch(search)).toEqual({})
})
