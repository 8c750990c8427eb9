import { describe, expect, test } from 'vitest'
import { fuzzyFilter } from './fuzzy.ts'

const items = [
  ['Greeting', 'Hello, how can we help'],
  ['Shipping times', 'Two to three days'],
  ['Price list', 'The prices are attached, shipping included'],
  ['Año nuevo', 'Feliz año'],
  ['Доставка', 'Два дня'],
] as const
const find = (query: string) => fuzzyFilter(items, query, (item) => item).map(([name]) => name)

describe('fuzzy search', () => {
  test.each([
    ['', items.map(([name]) => name)],
    ['  ', items.map(([name]) => name)],
    ['ship', ['Shipping times', 'Price list']],
    ['price', ['Price list']],
    ['hello', ['Greeting']],
    ['times ship', ['Shipping times']],
    ['prls', ['Price list']],
    ['grtg', ['Greeting']],
    ['ano', ['Año nuevo']],
    ['доставка', ['Доставка']],
    ['ship zebra', []],
    ['zz', []],
  ])('%j', (query, found) => {
    expect(find(query)).toEqual(found)
  })
})
