import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutSnippet, findMarks, markDigits } from './marks.ts'
import { parseQuery } from './parse-query.ts'

const stems = new Map([
  ['доставка', ['доставк']],
  ['доставки', ['доставк']],
])

function marked(text: string, query: string): string {
  const marks = findMarks(text, parseQuery(query).terms, stems)
  return marks.reduceRight(
    (out, { offset, length }) =>
      `${out.slice(0, offset)}[${out.slice(offset, offset + length)}]${out.slice(offset + length)}`,
    text,
  )
}

test.each([
  ['Is the Blue bike blue?', 'blue', 'Is the [Blue] bike [blue]?'],
  ['Bicicletas azules', 'bici', '[Bicicletas] azules'],
  ['Нет доставки!', 'доставка', 'Нет [доставки]!'],
  ['información', 'informacion', '[información]'],
  ['how much, how? How much!', '"how much"', '[how much], how? [How much]!'],
  ['call +34 612-345-678', '0034 612 345 678', 'call [+34 612-345-678]'],
  ['red or blue', 'red -blue', '[red] or blue'],
  ['nothing', 'blue', 'nothing'],
])('%j for %j', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})

test('digits are marked in a number of any spelling', () => {
  const phone = '+7 (912) 345-67-89'
  const [mark] = markDigits(phone, parseQuery('8 912 345 67 89').terms)
  expect(phone.slice(mark!.offset, mark!.offset + mark!.length)).toBe(phone)
  expect(markDigits(phone, parseQuery('345').terms)).toEqual([{ offset: 9, length: 3 }])
})

test('a snippet is cut around the first mark, between words', () => {
  const text = `${'before '.repeat(30)}needle ${'after '.repeat(80)}`
  const { text: cut, marks } = cutSnippet(text, findMarks(text, parseQuery('needle').terms, stems))
  expect(cut.length).toBeLessThanOrEqual(222)
  expect(cut).toMatch(/^…before .*after…$/)
  expect(cut.slice(marks[0]!.offset, marks[0]!.offset + marks[0]!.length)).toBe('needle')
})

test('of any text and query, marks lie within the snippet and do not overlap', () => {
  const texts = fc.array(
    fc.oneof(fc.constantFrom('blue ', 'Доставка, ', '+34612345678 ', '😀'), fc.string({ unit: 'binary' })),
  )
  fc.assert(
    fc.property(
      texts.map((parts) => parts.join('').repeat(3)),
      fc.constantFrom('blue', 'дост', '612345678', 'blue "доставка"'),
      (text, query) => {
        const snippet = cutSnippet(text, findMarks(text, parseQuery(query).terms, stems))
        let end = 0
        return snippet.marks.every(({ offset, length }) => {
          const isApart = offset >= end && length > 0
          end = offset + length
          return isApart && end <= snippet.text.length
        })
      },
    ),
    { numRuns: 30 },
  )
})
