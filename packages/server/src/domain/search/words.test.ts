import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, phoneEnd, phonesOf, wordsOf } from './words.ts'

test.each([
  ['información', 'informacion'],
  ['não', 'nao'],
  ['ёлка', 'елка'],
  ['йод', 'йод'],
  ['плоский', 'плоский'],
  ['piñata', 'pinata'],
  ['straße', 'straße'],
])('%s is compared as %s', (word, plain) => {
  expect(fold(word)).toBe(plain)
  expect(fold(word.normalize('NFD'))).toBe(plain)
})

test('words say where they stand in the text as it was', () => {
  const text = 'Hi — ¿cuánto, по-русски? №5'
  expect(wordsOf(text).map(({ plain, offset, length }) => [plain, text.slice(offset, offset + length)])).toEqual([
    ['hi', 'Hi'],
    ['cuanto', 'cuánto'],
    ['по', 'по'],
    ['русски', 'русски'],
    ['5', '5'],
  ])
})

test.each(['call +34 612 345 678 now', '8 (912) 345-67-89', 'тел.:+7-912-345-67-89.', '00 34 612.345.678'])(
  'a phone number in %j',
  (text) => {
    const [phone] = phonesOf(text)
    expect(['612345678', '123456789']).toContain(phoneEnd(phone?.digits ?? ''))
  },
)

test.each(['12345', 'order 123456', 'a1234567'])('no phone number in %j', (text) => {
  expect(phonesOf(text)).toEqual([])
})

test('of any text, every word is where it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const cut = (at: { offset: number; length: number }) => text.slice(at.offset, at.offset + at.length)
      return (
        wordsOf(text).every((word) => cut(word).normalize('NFKC').toLowerCase().startsWith(word.word)) &&
        phonesOf(text).every((phone) => cut(phone).replace(/\D/g, '') === phone.digits)
      )
    }),
  )
})
