import { type SearchFilter, searchFilterPattern, toSearchFilter } from '@parley/protocol/text'
import { digitsOf, type Word, wordsOf } from './words.ts'

/** Something a text must hold, or must not. */
export type Term = { isNot: boolean } & (
  | { kind: 'word'; word: Word; isPrefix: boolean }
  /** Side by side, exactly as written. */
  | { kind: 'phrase'; words: readonly Word[]; isPrefix: boolean }
  | { kind: 'phone'; digits: string; words: readonly Word[] }
)

export interface ParsedQuery {
  terms: Term[]
  filters: SearchFilter[]
}

/** More is not looked at. */
const MOST_TERMS = 12
/** A beginning of one letter or two is begun by half of all words. */
const SHORTEST_PREFIX = 3

const SPACE = /\s+/y
const FILTER = searchFilterPattern()
const PHRASE = /(-?)"([^"]*)("?)/y
const PHONE = /\+?\(?\d(?:[\s().\-–/]{0,3}\d){6,14}(?![\p{L}\p{N}])/uy
const WORD = /(-?)([^\s"]+)/y

/**
 * Reads what somebody typed into the search field. Never fails: what is no operator is a word.
 * The last word may be one that is still being typed: it stands for all that begin so.
 */
export function parseQuery(text: string): ParsedQuery {
  const parsed: ParsedQuery = { terms: [], filters: [] }
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < text.length) {
    if (take(SPACE)) continue
    const filter = take(FILTER)
    if (filter) {
      parsed.filters.push(...[toSearchFilter(filter) ?? []].flat())
      continue
    }
    const phrase = take(PHRASE)
    if (phrase) {
      // While the second quotation mark is missing, its last word is still being typed.
      addPhrase(parsed, phrase[2] ?? '', { isNot: phrase[1] === '-', isPrefix: phrase[3] === '' })
      continue
    }
    const phone = take(PHONE)
    if (phone) {
      parsed.terms.push({ kind: 'phone', digits: digitsOf(phone[0]), words: wordsOf(phone[0]), isNot: false })
      continue
    }
    const word = take(WORD)
    if (!word) break
    addWords(parsed, word[2] ?? '', word[1] === '-')
  }
  parsed.terms = parsed.terms.slice(0, MOST_TERMS)
  markLast(parsed, text)
  return parsed
}

function addPhrase({ terms }: ParsedQuery, text: string, how: { isNot: boolean; isPrefix: boolean }): void {
  const words = wordsOf(text)
  const [first] = words
  if (!first) return
  if (words.length === 1 && how.isPrefix) terms.push({ kind: 'word', word: first, ...how })
  else terms.push({ kind: 'phrase', words, ...how })
}

/** `anna@harbor.example` is three words; each must be there. */
function addWords({ terms }: ParsedQuery, text: string, isNot: boolean): void {
  for (const word of wordsOf(text)) terms.push({ kind: 'word', word, isNot, isPrefix: false })
}

function markLast({ terms }: ParsedQuery, text: string): void {
  const last = terms.at(-1)
  if (last?.kind !== 'word' || last.isNot) return
  // Only when it is what was typed last, and not an operator behind it.
  last.isPrefix = last.word.plain.length >= SHORTEST_PREFIX && endsWith(text, last.word.word)
}

const endsWith = (text: string, word: string) => text.trimEnd().normalize('NFKC').toLowerCase().endsWith(word)
