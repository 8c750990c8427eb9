import { expect, test } from 'vitest'
import { pointFault } from './point-fault.ts'

test.each([
  ['phone', '+46 70 000 00 55'],
  ['phone', '(0)70-000/00.55'],
  ['email', 'nora@example.net'],
] as const)('a %s may be written as %s', (kind, value) => {
  expect(pointFault(kind, value)).toBeUndefined()
})

test.each([
  ['phone', 'ask Nora', 'point.notPhone'],
  ['phone', '46+70', 'point.notPhone'],
  ['phone', '12', 'point.shortPhone'],
  ['phone', '1'.repeat(21), 'point.longPhone'],
  ['email', 'nora', 'point.notEmail'],
  ['email', 'nora @example.net', 'point.notEmail'],
] as const)('a %s is not written as %s', (kind, value, fault) => {
  expect(pointFault(kind, value)).toBe(fault)
})
