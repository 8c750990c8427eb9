import { describe, expect, test } from 'vitest'
import { findMentions } from './mentions.ts'

const people = [
  { id: 1, name: 'Ana' },
  { id: 2, name: 'Ana Silva' },
  { id: 3, name: 'Kim' },
  { id: 4, name: 'Kim' },
  { id: 5, name: 'Юлия' },
  { id: 6, name: '' },
]
const idsIn = (text: string, preferred: number[] = []) => findMentions(text, people, preferred).map(({ id }) => id)

describe('mentions', () => {
  test.each([
    ['@Ana', [1]],
    ['Ask @ana silva.', [2]],
    ['@Ana Silvana', [1]],
    ['(@Ana), @Ana!', [1, 1]],
    ['@Anabel', []],
    ['mail@Ana', []],
    ['@ Ana', []],
    ['@', []],
    ['@@Ana', [1]],
    ['@Юлия, посмотри', [5]],
    ['@Юлиян', []],
    ['@Ana\n@Kim', [1, 3]],
  ])('%s', (text, ids) => {
    expect(idsIn(text)).toEqual(ids)
  })

  test('of people of one name the one who was picked', () => {
    expect(idsIn('@Kim', [4])).toEqual([4])
  })

  test('say where they stand', () => {
    expect(findMentions('Hi @ana silva', people)).toEqual([{ id: 2, name: 'Ana Silva', start: 3, end: 13 }])
  })
})
