import { beforeAll, describe, expect, test } from 'vitest'
import { type TextKey, t, tNodes } from './t.ts'
import { loadTexts } from './texts.ts'
import { createTranslate } from './translate.ts'

beforeAll(() => loadTexts('common', 'inbox'))

const key = (name: string) => name as TextKey

describe('translate', () => {
  const russian = createTranslate(
    { chat: { unread_one: '{{count}} новое', unread_few: '{{count}} новых (2–4)', unread_many: '{{count}} новых' } },
    'ru',
  )

  test.each([
    [1, '1 новое'],
    [3, '3 новых (2–4)'],
    [11, '11 новых'],
  ])('picks the plural form of the language for %i', (count, text) => {
    expect(russian(key('chat.unread'), { count })).toBe(text)
  })

  test('fills in values and formats numbers', () => {
    const translate = createTranslate({ size: '{{count}} of {{limit}} by {{who}}' }, 'en')
    expect(translate(key('size'), { count: 20_013, limit: 20_000, who: 'Ana' })).toBe('20,013 of 20,000 by Ana')
  })

  test('a text missing from the catalogue shows its key instead of nothing', () => {
    expect(t(key('no.such.text'))).toBe('no.such.text')
  })

  test('nodes stand in the places of their names', () => {
    expect(tNodes('inbox.pickHint', { next: 1, previous: 2 })).toEqual([
      'Use ',
      1,
      ' and ',
      2,
      ' to move through the list.',
    ])
  })
})
