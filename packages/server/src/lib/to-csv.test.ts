import { expect, test } from 'vitest'
import { toCsv } from './to-csv.ts'

test('text stays text, also for a spreadsheet', () => {
  expect(
    toCsv([
      ['name', 'n'],
      ['=1+1', -1],
      ['a "b", c\nd', null],
      ['@x', 0.5],
      ["O'Hara", 2],
    ]),
  ).toBe(`\uFEFFname,n\r\n'=1+1,-1\r\n"a ""b"", c\nd",\r\n'@x,0.5\r\nO'Hara,2\r\n`)
})
