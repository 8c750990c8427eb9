import { describe, expect, test } from 'vitest'
import { readPhone } from './read-phone.ts'

describe('a phone number', () => {
  test.each([
    ['+46700000055', '+46700000055'],
    [' +46 (70) 000-00.55 ', '+46700000055'],
    ['070/000 00\u201155', '0700000055'],
    ['112', '112'],
  ])('%s is dialled as %s', (given, number) => {
    expect(readPhone(given)).toEqual({ number, digits: number.replace('+', '') })
  })

  test.each(['', '+', '12', '+46 70 ABC', '++467000', '46+70000', '٠١٢٣٤', '1'.repeat(21), 'nora@example.net'])(
    '%j is none',
    (given) => expect(() => readPhone(given)).toThrow(/^phone: /),
  )
})
