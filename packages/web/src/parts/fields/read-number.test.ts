import { expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

test.each([
  ['1200', 1200],
  ['1 200,5', 1200.5],
  ['1.200,50', 1200.5],
  ['1,200.50', 1200.5],
  ['€4,290', 4290],
  ['1.125', 1.125],
  ['1,234,567', 1234567],
  ['0,5', 0.5],
  ['-3', -3],
  ['12 345 ₽', 12345],
])('in English %s is a number', (typed, number) => {
  expect(readNumber(typed, '.')).toBe(number)
})

test.each([
  ['4.290 €', 4290],
  ['1,125', 1.125],
  ['1.234.567', 1234567],
  ['54.5', 54.5],
])('where a comma stands before the cents, %s is a number', (typed, number) => {
  expect(readNumber(typed, ',')).toBe(number)
})

test.each(['', 'much', '12 apples and 3', '1-2', '--5', '.', '1.2.3'])('“%s” is none', (typed) => {
  expect(readNumber(typed, '.')).toBeUndefined()
})
