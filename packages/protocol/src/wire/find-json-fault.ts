export interface JsonFault {
  /** Index into the text, from 0. */
  position: number
  reason: string
}

const WHITE_SPACE = /[ \t\n\r]*/y
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y

/**
 * Finds where a text stops being JSON; undefined when it is JSON throughout. Engines word this differently and often leave the place out.
 * Only for texts that `JSON.parse` has refused. Nesting is kept in an array, so depth does not matter.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let at = 0
  /** What may stand next. `first`: right after an opening bracket, where it may close at once. */
  let next: 'value' | 'first value' | 'key' | 'first key' | 'after value' = 'value'
  for (;;) {
    at = matchAt(WHITE_SPACE, text, at)
    const container = open.at(-1)
    const char = text[at]
    if (next === 'after value' && container === undefined)
      return char === undefined ? undefined : unexpected(text, at, 'the end')
    if (char === undefined) return { position: at, reason: 'the text ends too early' }
    const closes = container === '{' ? '}' : ']'
    if (char === closes && container !== undefined && next !== 'value' && next !== 'key') {
      open.pop()
      at += 1
      next = 'after value'
    } else if (next === 'after value') {
      if (char !== ',') return unexpected(text, at, `"," or "${closes}"`)
      at += 1
      next = container === '{' ? 'key' : 'value'
    } else if (next === 'key' || next === 'first key') {
      if (char !== '"') return unexpected(text, at, 'a name in double quotes')
      const end = readString(text, at)
      if (typeof end !== 'number') return end
      at = matchAt(WHITE_SPACE, text, end)
      if (text[at] !== ':') return unexpected(text, at, '":"')
      at += 1
      next = 'value'
    } else if (char === '{' || char === '[') {
      open.push(char)
      at += 1
      next = char === '{' ? 'first key' : 'first value'
    } else {
      const end = char === '"' ? readString(text, at) : matchAt(SCALAR, text, at)
      if (typeof end !== 'number') return end
      if (end === at) return unexpected(text, at, 'a value')
      at = end
      next = 'after value'
    }
  }
}

/** Where a match that begins at `at` ends; `at` itself when there is none. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

/** Where the string that begins at `start` ends. */
function readString(text: string, start: number): number | JsonFault {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!
    if (char === '"') return at + 1
    if (char < ' ') return { position: at, reason: 'a line break or control character inside a string; escape it' }
    if (char === '\\') {
      const end = matchAt(ESCAPE, text, at + 1)
      if (end === at + 1) return { position: at, reason: 'an escape that JSON does not have' }
      at = end - 1
    }
  }
  return { position: start, reason: 'a string that is never closed' }
}

function unexpected(text: string, position: number, wanted: string): JsonFault {
  if (position >= text.length) return { position, reason: 'the text ends too early' }
  const found = JSON.stringify(String.fromCodePoint(text.codePointAt(position)!))
  return { position, reason: `expected ${wanted}, found ${found}` }
}
