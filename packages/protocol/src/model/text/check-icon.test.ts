import { expect, test } from 'vitest'
import { findIconFault } from './check-icon.ts'

const svg = (inside: string, more = 'viewBox="0 0 14 14"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${more}>${inside}</svg>`

test.each([
  svg('<circle cx="7" cy="7" r="7" fill="#0a7"/>'),
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->\n${svg('<title>Harbor &amp; Quay</title><g><path d="M0 0h14"/></g>')}\n`,
  svg(
    '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#a)" width="14" height="14"/>',
  ),
  svg('<symbol id="s"><path d="M0 0"/></symbol><use href="#s"/>', 'width="14px" height="14px"'),
])('a picture is taken: %s', (text) => expect(findIconFault(text)).toBeUndefined())

test.each([
  ['', /must begin with <svg/],
  ['hello', /must begin with <svg/],
  ['<svg', /cannot be read/],
  ['<html></html>', /<html>/],
  [svg('<path d="M0"'), /cannot be read|not closed|closes nothing/],
  [svg('<g>'), /closes nothing|not closed/],
  [`${svg('')}${svg('')}`, /must begin with/],
  [svg('<script>alert(1)</script>'), /<script>/],
  [svg('<SCRIPT>alert(1)</SCRIPT>'), /<SCRIPT>/],
  [svg('<svg:script>alert(1)</svg:script>'), /<svg:script>/],
  [svg('<foreignObject><p>Hi</p></foreignObject>'), /<foreignObject>/],
  [svg('<style>@import url(https://evil.example)</style>'), /<style>/],
  [svg('<image href="https://evil.example/a.png"/>'), /<image>/],
  [svg('<animate attributeName="href" to="javascript:alert(1)"/>'), /<animate>/],
  [svg('<a href="#x"><path d="M0"/></a>'), /<a>/],
  [svg('<path d="M0" onclick="alert(1)"/>'), /handler onclick/],
  [svg('<path d="M0" ONLOAD="alert(1)"/>'), /handler ONLOAD/],
  [svg('<path d="M0" style="fill:url(https://evil.example)"/>'), /attribute style/],
  [svg('<path fill="url(https://evil.example/#a)" d="M0"/>'), /outside itself \(fill\)/],
  [svg('<path fill="url(//evil.example/#a)" d="M0"/>'), /outside itself/],
  [svg('<path fill="u\\72l(//evil.example)" d="M0"/>'), /outside itself/],
  [svg('<use href="https://evil.example/a.svg#b"/>'), /outside itself \(href\)/],
  [svg('<use xlink:href="data:image/svg+xml,x"/>'), /outside itself/],
  [svg('<use href="javascript:alert(1)"/>'), /outside itself/],
  [svg('<path fill="&#117;rl(//evil.example)" d="M0"/>'), /entities/],
  [svg('<title>&xxe;</title>'), /entities/],
  [`<!DOCTYPE svg [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>${svg('')}`, /DOCTYPE/],
  [svg('<![CDATA[<script>]]>'), /CDATA/],
  [`<?xml-stylesheet href="https://evil.example/a.css"?>${svg('')}`, /cannot be read/],
  [svg('<path xmlns="http://www.w3.org/1999/xhtml" d="M0"/>'), /namespace/],
  [svg('<path xml:base="https://evil.example" d="M0"/>'), /xml:base/],
  ['<svg viewBox="0 0 14 14"></svg>', /xmlns/],
  [svg('', ''), /how large/],
  [svg('', 'viewBox="0 0 14 20"'), /as wide as high/],
  [svg(`<path d="${'M0'.repeat(60_000)}"/>`), /larger than 100 KB/],
])('what is none, or could do harm, is refused: %#', (text, reason) => expect(findIconFault(text)).toMatch(reason))

test('a text made to be hard to read is refused soon', () => {
  const hostile = [
    `<svg ${'a = '.repeat(20_000)}`,
    `<${'g '.repeat(40_000)}`,
    `<!--${'-'.repeat(90_000)}`,
    '<g>'.repeat(30_000),
  ]
  for (const text of hostile) expect(findIconFault(text)).toBeDefined()
})
