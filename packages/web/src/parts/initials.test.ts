import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Elena Moreno', 'EM'],
  ['Matteo & Chloé Dubois', 'MC'],
  ['élodie', 'É'],
  ['منى خالد', 'مخ'],
  ['+351 917 129 536', '36'],
  ['🦊', '?'],
  ['', '?'],
])('%s → %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
