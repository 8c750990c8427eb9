import { describe, expect, test } from 'vitest'
import { readMentionQuery, readTemplateQuery } from './read-query.ts'

describe('a template is looked for', () => {
  test.each([
    ['/', ''],
    ['/gre', 'gre'],
    ['/two words', 'two words'],
    ['', undefined],
    ['Hello /', undefined],
    ['//comment', undefined],
    ['/one\ntwo', undefined],
    [`/${'x'.repeat(61)}`, undefined],
  ])('%j: %j', (text, query) => expect(readTemplateQuery(text)).toBe(query))
})

describe('somebody is named', () => {
  test.each([
    ['@', '', 0],
    ['Hi @an', 'an', 3],
    ['Hi @Ana Si', 'Ana Si', 3],
    ['(@ю', 'ю', 1],
    ['a\n@b', 'b', 2],
  ])('%j: %j', (text, query, start) => expect(readMentionQuery(text, text.length)).toEqual({ query, start }))

  test.each(['', 'mail@ana', 'Hi @Ana, ', '@Ana Silva knows', '@@a'])('%j: nobody', (text) =>
    expect(readMentionQuery(text, text.length)).toBeUndefined(),
  )

  test('only where the caret is', () => {
    expect(readMentionQuery('@ana and more', 4)).toEqual({ query: 'ana', start: 0 })
    expect(readMentionQuery('@ana and more', 13)).toBeUndefined()
  })
})
