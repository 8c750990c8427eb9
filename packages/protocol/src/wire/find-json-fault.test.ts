import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from './find-json-fault.ts'

describe('where a text stops being JSON', () => {
  test.each<[string, number, string]>([
    ['', 0, 'the text ends too early'],
    ['{"a":', 5, 'the text ends too early'],
    ['{"a"', 4, 'the text ends too early'],
    ['[1,]', 3, 'expected a value, found "]"'],
    ['{"a":1,}', 7, 'expected a name in double quotes, found "}"'],
    ['{a:1}', 1, 'expected a name in double quotes, found "a"'],
    ['{"a" 1}', 5, 'expected ":", found "1"'],
    ['[1 2]', 3, 'expected "," or "]", found "2"'],
    ['{"a":1]', 6, 'expected "," or "}", found "]"'],
    ['{} x', 3, 'expected the end, found "x"'],
    ['[01]', 2, 'expected "," or "]", found "1"'],
    ['[tru]', 1, 'expected a value, found "t"'],
    ['["a', 1, 'a string that is never closed'],
    ['["a\nb"]', 3, 'a line break or control character inside a string; escape it'],
    [String.raw`["\x"]`, 2, 'an escape that JSON does not have'],
    [String.raw`["\u12g4"]`, 2, 'an escape that JSON does not have'],
    ['🚚', 0, 'expected a value, found "🚚"'],
  ])('%j', (text, position, reason) => expect(findJsonFault(text)).toEqual({ position, reason }))

  test('finds nothing in JSON, and something in everything else', () => {
    const almost = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '[', '\\', '0', '\n', ' ', 'e', '-', '.'))
      .map(
        ([json, at, insert]) =>
          json.slice(0, at % (json.length + 1)) + insert + json.slice((at % (json.length + 1)) + 1),
      )
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, fc.string()), (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 1000 },
    )
  })

  test('a million brackets are no trouble', () => {
    expect(findJsonFault('['.repeat(1_000_000))).toMatchObject({ position: 1_000_000 })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
