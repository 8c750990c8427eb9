import { expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from './local-time.ts'

test('a moment goes through a field and comes back, to the minute', () => {
  const at = Date.UTC(2026, 10, 20, 14, 30)
  expect(fromLocalInput(toLocalInput(at))).toBe(at)
})

test('an empty field is no moment', () => {
  expect(fromLocalInput('')).toBeUndefined()
})
