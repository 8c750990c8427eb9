import { expect, test } from 'vitest'
import { isSamePhone } from './same-phone.ts'

test.each([
  ['+7 912 345-67-89', '8 (912) 345 67 89'],
  ['+7 912 345-67-89', '9123456789'],
  ['+49 30 1234567', '030 1234567'],
  ['0049 30 1234567', '+49301234567'],
  ['+34 612 345 678', '612345678'],
  ['+55 11 91234-5678', '11 91234 5678'],
  ['123 45 67', '1234567'],
])('%s and %s are one line', (one, other) => {
  expect(isSamePhone(one, other)).toBe(true)
  expect(isSamePhone(other, one)).toBe(true)
})

test.each([
  ['+7 912 345-67-89', '+7 912 345-67-88'],
  ['+7 912 345-67-89', '+1 912 345-67-89'],
  ['1234567', '+49 30 1234567'],
  ['12', '12'],
  ['', ''],
])('%s and %s are two', (one, other) => {
  expect(isSamePhone(one, other)).toBe(false)
})
