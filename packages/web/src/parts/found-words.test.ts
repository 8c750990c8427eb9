import { expect, test } from 'vitest'
import { cutAtWords } from './found-words.ts'

/** Found parts in brackets. */
const shown = (text: string, words: string[]) =>
  cutAtWords(text, words)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['A crimson bicycle', ['crimson'], 'A [crimson] bicycle'],
  ['bike, bike and mountainbike', ['bike'], '[bike], [bike] and mountainbike'],
  ['bicycles', ['bicycle'], '[bicycle]s'],
  ['велосипед и вело', ['вело', 'велосипед'], '[велосипед] и [вело]'],
  ['nothing of it', ['bike'], 'nothing of it'],
  ['', ['bike'], ''],
  ['bike', [], 'bike'],
  ['bike', [''], 'bike'],
])('%j, %j', (text, words, expected) => {
  expect(shown(text, words)).toBe(expected)
})

test('the pieces make up the text, each known by where it begins', () => {
  expect(cutAtWords('a b a', ['a'])).toEqual([
    { offset: 0, text: 'a', isFound: true },
    { offset: 1, text: ' b ', isFound: false },
    { offset: 4, text: 'a', isFound: true },
  ])
})
