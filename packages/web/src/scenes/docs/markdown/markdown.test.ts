import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadTexts } from '../../../i18n/texts.ts'
import { resolveGuideLink } from '../guides.ts'
import { InlineMarkdown, Markdown } from './Markdown.tsx'

beforeAll(() => loadTexts('common', 'docs'))

const draw = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }))

describe('a text becomes elements', () => {
  test.each([
    ['# One\n\n## Two words, `code`', ['<h1', '>One</h1>', '<h2 id="two-words-code"']],
    ['- a\n- **b** and *c*', ['<ul', '<strong', '>b</strong>', '<em>c</em>']],
    ['3. a\n4. b', ['<ol', 'start="3"']],
    ['| a | b |\n|---|--:|\n| 1 | `2` |', ['<table', '<th scope="col"', 'text-end', '<code']],
    ['```js run\nlet a = "<b>"\n```', ['<pre', 'let a = &quot;&lt;b&gt;&quot;', '>js</figcaption>']],
    ['a [link](https://example.com/x) out', ['href="https://example.com/x"', 'rel="noopener noreferrer"']],
    ['to [a part](#errors)', ['href="#errors"']],
  ])('%j', (text, parts) => {
    for (const part of parts) expect(draw(text)).toContain(part)
  })

  test('what stands in a line needs no box of its own', () => {
    expect(renderToStaticMarkup(createElement(InlineMarkdown, { text: 'A `code` here' }))).toMatch(
      /^A <code [^>]*>code<\/code> here$/,
    )
    expect(renderToStaticMarkup(createElement(InlineMarkdown, { text: 'One.\n\nTwo.' }))).toContain('<p>Two.</p>')
  })
})

describe('HTML stays text, and no address runs anything', () => {
  test.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,a)',
    '![x](https://example.com/pixel.png)',
    '[x](//evil.example)',
    '[x](../../elsewhere.md)',
  ])('%s', (text) => {
    expect(draw(text)).not.toMatch(/<(script|img|iframe)|href="(?!#)/)
  })
})

test('links between files lead to pages', () => {
  expect(resolveGuideLink('guides/first-channel.md', 'testing-in-ci.md#gitlab')).toEqual({
    slug: 'guides/testing-in-ci',
    hash: 'gitlab',
  })
  expect(resolveGuideLink('api/access.md', 'app-api.md#log-in')).toEqual({ slug: 'guides/app-api', hash: 'log-in' })
  expect(resolveGuideLink('api/access.md', 'errors.md')).toEqual({ slug: 'errors', hash: '' })
  expect(resolveGuideLink('guides/first-channel.md', '../api/chats-openapi.json')?.slug).toBe('chats')
  expect(resolveGuideLink('EMULATOR.md', 'api/app-api.md')?.slug).toBe('guides/app-api')
  expect(resolveGuideLink('EMULATOR.md', 'OPERATIONS.md')).toBeUndefined()
})
