import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzy.ts'

const marked = (typed: string, text: string) =>
  fuzzyMatch(typed, text)?.marks.map(({ offset, length }) => text.slice(offset, offset + length))

test.each([
  ['inb', 'Inbox', ['Inb']],
  ['gi', 'Go to Inbox', ['G', 'I']],
  ['mts', 'Move to stage…', ['M', 't', 's']],
  ['сообщ', 'Новое сообщение', ['сообщ']],
  ['conf', 'Configuración', ['Conf']],
  ['cion', 'Configuración', ['ción']],
  ['dark th', 'Theme: dark', undefined],
  ['', 'Inbox', []],
  ['xyz', 'Inbox', undefined],
  ['sto', 'Next conversation', undefined],
  ['sto', 'Assign to…', undefined],
  ['moto', 'Move to stage…', ['Mo', 'to']],
  ['mos', 'Move, most', ['mos']],
])('%j in %j', (typed, text, marks) => {
  expect(marked(typed, text)).toEqual(marks)
})

test('what begins so comes before what holds it', () => {
  const texts = ['Go to Channels', 'Change language…', 'Mechanics']
  const scored = texts
    .map((text) => ({ text, score: fuzzyMatch('chan', text)!.score }))
    .sort((a, b) => b.score - a.score)
  expect(scored.map(({ text }) => text)).toEqual(['Change language…', 'Go to Channels', 'Mechanics'])
})

test('however much is typed, it is compared at once', () => {
  expect(fuzzyMatch('ababababababababababababc', 'ab '.repeat(60))).toBeUndefined()
})
