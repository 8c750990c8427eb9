import type { Deviation } from './deviation.ts'
import { SIGNED_PARTS } from './recipe.ts'

const JOINERS: [string, string][] = [
  ['\r\n', '\\r\\n'],
  ['\\n', 'the two characters \\ and n'],
  ['\\r\\n', 'the characters \\r\\n'],
  ['', ''],
  [' ', ' '],
  ['\r', '\\r'],
  ['n', 'n'],
  [',', ','],
  ['|', '|'],
  [':', ':'],
  ['&', '&'],
]
const ENDS = ['\n', '\r\n', ' ', '\\n', '\0']
const HEADER_NAMES = {
  method: 'method',
  contentMd5: 'Content-MD5',
  contentType: 'Content-Type',
  date: 'Date',
  path: 'path',
}

/** What goes wrong between the five lines and the HMAC. */
export function textDeviations(): Deviation[] {
  return [
    { kind: 'only_body_signed', on: 'text', change: { order: ['body'] }, isCommon: true },
    ...JOINERS.map(([joiner, value]) => ({
      kind: 'lines_joined' as const,
      on: 'text' as const,
      change: { joiner },
      value,
      isCommon: true,
    })),
    ...ENDS.map((end) => ({ kind: 'text_newline' as const, on: 'text' as const, change: { end }, isCommon: true })),
    // The lines and the body behind them: schemes of other services.
    { kind: 'body_signed_too', on: 'text', change: { order: [...SIGNED_PARTS, 'body'] } },
    ...SIGNED_PARTS.map((part) => ({
      kind: 'line_left_out' as const,
      on: 'text' as const,
      change: { order: SIGNED_PARTS.filter((one) => one !== part) },
      value: HEADER_NAMES[part],
    })),
    ...orders(SIGNED_PARTS).map((order) => ({ kind: 'lines_order' as const, on: 'text' as const, change: { order } })),
    { kind: 'text_case', on: 'text', change: { textCase: 'lower' } },
    { kind: 'text_case', on: 'text', change: { textCase: 'upper' } },
  ]
}

export function macDeviations(): Deviation[] {
  return [
    { kind: 'key_and_text_swapped', on: 'mac', change: { mac: 'swapped' } },
    { kind: 'not_hmac', on: 'mac', change: { mac: 'secret first' } },
    { kind: 'not_hmac', on: 'mac', change: { mac: 'secret last' } },
  ]
}

/** Every order but the one given. */
function orders<Item>(items: readonly Item[]): Item[][] {
  const all = (rest: readonly Item[]): Item[][] =>
    rest.length < 2
      ? [[...rest]]
      : rest.flatMap((item, at) => all(rest.filter((_, other) => other !== at)).map((tail) => [item, ...tail]))
  return all(items).slice(1)
}
