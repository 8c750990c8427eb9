/** Words of one command as a shell takes them apart, and whether a variable stood where it would have been filled in. */
export interface ShellWords {
  words: string[]
  hasVariables: boolean
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
}
/** What `$'…'` may hold by number: octal, hex, Unicode. */
const NUMBERED = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/
const LONGEST_NUMBERED = 9
const HIGHEST_CHARACTER = 0x10ffff
const OPTION_BELOW = /\n[ \t]*-/y
const LINE_GOES_ON = /\\[ \t]*\r?\n/y
const VARIABLE = /[A-Za-z_{(]/

/**
 * Splits a command of a POSIX shell, or of Windows' `cmd` with its carets, into words. Reads quotes and continued lines, and runs
 * nothing: `$NAME` and `$(…)` stay as they stand. Ends where another command would begin.
 */
export function splitShellWords(command: string): ShellWords {
  const text = /\^(?:\r?\n|")/.test(command) ? withoutCarets(command) : command
  return new Splitter(text).split()
}

/** Of `cmd`: a caret takes the next character as it is, and goes on in the next line. */
const withoutCarets = (text: string) => text.replace(/\^\r?\n/g, ' ').replace(/\^([^\r\n])/g, '$1')

class Splitter {
  readonly #text: string
  #at = 0
  #words: string[] = []
  /** The word that is being read; undefined between words, for '' is a word. */
  #word: string | undefined
  #hasVariables = false

  constructor(text: string) {
    this.#text = text
  }

  split(): ShellWords {
    while (this.#at < this.#text.length && this.#step()) {}
    this.#end()
    return { words: this.#words, hasVariables: this.#hasVariables }
  }

  /** One character, or a whole quotation; false: the command ends here. */
  #step(): boolean {
    const next = this.#text[this.#at]!
    if (next === '\n' && this.#words.length > 0 && !this.#goesOn()) return false
    if (/\s/.test(next)) {
      this.#end()
      this.#at++
      return true
    }
    if (next === ';' || next === '|' || next === '&' || next === '>' || next === '<') return false
    if (next === "'") this.#quote()
    else if (next === '"') this.#doubleQuote()
    else if (next === '$' && this.#text[this.#at + 1] === "'") this.#escapedQuote()
    else if (next === '\\') this.#backslash()
    else this.#plain(next)
    return true
  }

  /** A line that begins with an option belongs to the command: its backslash was lost when it was copied. */
  #goesOn(): boolean {
    OPTION_BELOW.lastIndex = this.#at
    return OPTION_BELOW.test(this.#text)
  }

  #end(): void {
    if (this.#word !== undefined) this.#words.push(this.#word)
    this.#word = undefined
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text
  }

  #plain(character: string): void {
    if (character === '$') this.#noteVariable()
    this.#add(character)
    this.#at++
  }

  #noteVariable(): void {
    if (VARIABLE.test(this.#text[this.#at + 1] ?? '')) this.#hasVariables = true
  }

  /** Outside of quotes: the next character as it is, and nothing at all of a line's end. A blank behind it was not meant. */
  #backslash(): void {
    LINE_GOES_ON.lastIndex = this.#at
    const end = LINE_GOES_ON.exec(this.#text)
    if (!end) this.#add(this.#text[this.#at + 1] ?? '')
    this.#at += end ? end[0].length : 2
  }

  #quote(): void {
    const end = this.#text.indexOf("'", this.#at + 1)
    const stop = end < 0 ? this.#text.length : end
    this.#add(this.#text.slice(this.#at + 1, stop))
    this.#at = stop + 1
  }

  #doubleQuote(): void {
    this.#add('')
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!
      if (character === '"') break
      const next = this.#text[this.#at + 1] ?? ''
      if (character === '\\' && '\\"$`\n'.includes(next) && next !== '') {
        if (next !== '\n') this.#add(next)
        this.#at++
        continue
      }
      if (character === '$' || character === '`') this.#noteVariable()
      this.#add(character)
    }
    this.#at++
  }

  #escapedQuote(): void {
    this.#add('')
    for (this.#at += 2; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]!
      if (character === "'") break
      if (character === '\\') this.#escape()
      else this.#add(character)
    }
    this.#at++
  }

  #escape(): void {
    const numbered = NUMBERED.exec(this.#text.slice(this.#at + 1, this.#at + 1 + LONGEST_NUMBERED))
    if (numbered) {
      const [digits, hex, short, long, octal] = numbered
      const code = octal === undefined ? Number.parseInt(hex ?? short ?? long!, 16) : Number.parseInt(octal, 8)
      this.#add(code > HIGHEST_CHARACTER ? '\ufffd' : String.fromCodePoint(code))
      this.#at += digits.length
      return
    }
    const next = this.#text[this.#at + 1] ?? ''
    this.#add(ESCAPES[next] ?? next)
    this.#at++
  }
}
