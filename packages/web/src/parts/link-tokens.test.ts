import { describe, expect, test } from 'vitest'
import { tokenize } from './link-tokens.ts'

const links = (text: string) =>
  tokenize(text)
    .filter((token) => token.kind === 'link')
    .map((token) => token.url)

describe('tokenize', () => {
  test('nothing of the text is lost', () => {
    const text = 'See https://shop.example/p?a=1&b=2, or write to ana@shop.example!\nBye'
    expect(
      tokenize(text)
        .map((token) => token.text)
        .join(''),
    ).toBe(text)
    expect(links(text)).toEqual(['https://shop.example/p?a=1&b=2', 'mailto:ana@shop.example'])
  })

  test('a bare host becomes an http link', () => {
    expect(links('shop.com/price')).toEqual(['http://shop.com/price'])
  })

  test('a telephone link', () => {
    expect(links('call tel:+351917129536 now')).toEqual(['tel:+351917129536'])
  })

  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'ftp://files.example/x',
    'file:///etc/passwd',
    '<img src=x onerror=alert(1)>',
  ])('%s stays text', (text) => {
    expect(links(text)).toEqual([])
  })

  test('empty text has no tokens', () => {
    expect(tokenize('')).toEqual([])
  })
})
