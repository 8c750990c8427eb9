import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinSearch, SEARCH_OPERATORS, splitSearch } from './search-operators.ts'

test('a search comes apart into filters and words', () => {
  expect(splitSearch('blue from:me  -channel:"Pier Talk" "how much" http://x.example tag:')).toEqual({
    filters: [
      { operator: 'from', value: 'me', isNot: false },
      { operator: 'channel', value: 'Pier Talk', isNot: true },
    ],
    rest: 'blue "how much" http://x.example tag:',
  })
})

test('and together again', () => {
  expect(joinSearch(splitSearch('from:"Mia Lind" blue'))).toBe('blue from:"Mia Lind"')
  const filter = fc.record({
    operator: fc.constantFrom(...SEARCH_OPERATORS),
    value: fc.stringMatching(/^[a-zа-я]{1,6}( [a-zа-я]{1,6})?$/),
    isNot: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 4 }), fc.constantFrom('', 'blue', '"two words" x'), (filters, rest) => {
      expect(splitSearch(joinSearch({ filters, rest }))).toEqual({ filters, rest })
    }),
  )
})

test('whatever is typed comes apart', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => splitSearch(text).filters.length <= text.length))
})
