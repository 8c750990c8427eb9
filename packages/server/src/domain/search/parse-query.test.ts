import { SEARCH_OPERATORS } from '@parley/protocol/text'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery, type Term } from './parse-query.ts'

const say = (term: Term): string => {
  const not = term.isNot ? '-' : ''
  if (term.kind === 'phone') return `${not}phone ${term.digits}`
  if (term.kind === 'phrase')
    return `${not}"${term.words.map(({ plain }) => plain).join(' ')}"${term.isPrefix ? '*' : ''}`
  return `${not}${term.word.plain}${term.isPrefix ? '*' : ''}`
}
const read = (text: string) => parseQuery(text).terms.map(say)
const filtersOf = (text: string) =>
  parseQuery(text).filters.map(({ operator, value, isNot }) => `${isNot ? '-' : ''}${operator}=${value}`)

test.each([
  ['blue bike', ['blue', 'bike*']],
  ['  Synia   ВЕЛОСИПЕД ', ['synia', 'велосипед*']],
  ['de la', ['de', 'la']],
  ['информация ещё', ['информация', 'еще*']],
  ['información', ['informacion*']],
  ['anna@harbor.example', ['anna', 'harbor', 'example*']],
  ['"how much" bike', ['"how much"', 'bike*']],
  ['bike "how mu', ['bike', '"how mu"*']],
  ['"pri', ['pri*']],
  ['bike -red', ['bike', '-red']],
  ['-"not this" bike', ['-"not this"', 'bike*']],
  ['+34 612 345 678', ['phone 34612345678']],
  ['8 (912) 345-67-89 оплата', ['phone 89123456789', 'оплата*']],
  ['order 12345', ['order', '12345*']],
  ['http://x.example', ['http', 'x', 'example*']],
  ['foo:bar', ['foo', 'bar*']],
  ['from:', ['from']],
  ['invoice from:me', ['invoice']],
  ['" "', []],
  ['-', []],
  ['!!! ???', []],
])('%j is read as %j', (text, terms) => {
  expect(read(text)).toEqual(terms)
})

test.each([
  ['from:me', ['from=me']],
  ['FROM:"Mia Lindqvist" hello', ['from=Mia Lindqvist']],
  ['stage:"In work', ['stage=In work']],
  ['-has:file is:unread', ['-has=file', 'is=unread']],
  ['before:2026-03-01 after:2025', ['before=2026-03-01', 'after=2025']],
  ['tag:""', []],
])('the operators of %j are %j', (text, filters) => {
  expect(filtersOf(text)).toEqual(filters)
})

describe('whatever is typed', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ...SEARCH_OPERATORS.map((operator) => `${operator}:`),
      '"',
      '-',
      ' ',
      '+7 912 345 67 89',
      'слово',
      '(',
      '\\',
      "'",
    ),
  )
  const anything = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))

  test('is understood somehow, and nothing but letters and digits reaches the index', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { terms } = parseQuery(text)
        expect(terms.length).toBeLessThanOrEqual(12)
        for (const term of terms) {
          const words = term.kind === 'word' ? [term.word] : term.words
          for (const { plain } of words) expect(plain).toMatch(/^[\p{L}\p{N}\p{M}]+$/u)
        }
      }),
    )
  })

  test.each([
    ['½ litre', ['12', 'litre']],
    ['ﱞ litre', ['litre']],
    ['ﷺ', ['صلىاللهعليهوسلم']],
    [`${'a'.repeat(63)}𠮷`, ['a'.repeat(63)]],
  ])('%s is letters and digits', (text, words) => {
    expect(parseQuery(text).terms).toMatchObject(words.map((word) => ({ kind: 'word', word: { plain: word } })))
  })

  test('and however long it is, it is read at once', () => {
    parseQuery('1 '.repeat(5000) + '"'.repeat(5000) + 'from:'.repeat(2000))
    parseQuery('('.repeat(20_000) + '1(((2'.repeat(5000))
    expect(parseQuery('x '.repeat(5000)).terms).toHaveLength(12)
  })
})
