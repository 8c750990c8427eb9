import { expect, test } from 'vitest'
import { gridOf, keysBetween } from './table-types.ts'

test.each([
  ['a', 'c', ['a', 'b', 'c']],
  ['c', 'a', ['a', 'b', 'c']],
  ['b', 'b', ['b']],
  [null, 'c', ['c']],
  ['gone', 'c', ['c']],
])('from %j to %j', (from, to, keys) => {
  expect(keysBetween(['a', 'b', 'c', 'd'], from, to)).toEqual(keys)
})

test('columns grow by their share and never shrink below their width', () => {
  const columns = [
    { id: 'name', title: 'Name', width: 160, grow: 2, render: () => null },
    { id: 'sum', title: 'Sum', width: 80, grow: 0, render: () => null },
  ]
  expect(gridOf(columns, true)).toEqual({ gridTemplateColumns: '40px minmax(160px, 2fr) 80px', minWidth: 280 })
})
