import { expect, test } from 'vitest'
import { daysOf, figuresPath, periodOf, readFigureSearch } from './figure-search.ts'

const NOW = Date.parse('2026-11-28T01:30:00Z')

test('what makes no sense is left out', () => {
  expect(readFigureSearch({ days: 8, user: 'x', channel: '', clock: 'sun' })).toEqual({})
  expect(readFigureSearch({ from: '2026-11-02', to: '2026-11-01' })).toEqual({})
  expect(readFigureSearch({ days: 7, from: '2026-11-01', to: '2026-11-02', user: 5 })).toEqual({ days: 7, user: 5 })
})

test('days end today, as the account has it', () => {
  expect(daysOf({}, 'UTC', NOW)).toEqual({ from: '2026-10-30', to: '2026-11-28' })
  expect(daysOf({ days: 1 }, 'America/Sao_Paulo', NOW)).toEqual({ from: '2026-11-27', to: '2026-11-27' })
  const own = { from: '2026-01-01', to: '2026-01-31' }
  expect([daysOf(own, 'UTC', NOW), periodOf(own), periodOf({})]).toEqual([own, undefined, 30])
})

test('the request names what was chosen', () => {
  expect(figuresPath({ days: 1, user: 5, clock: 'working' }, 'UTC', NOW)).toBe(
    'from=2026-11-28&to=2026-11-28&userId=5&within=working',
  )
})
