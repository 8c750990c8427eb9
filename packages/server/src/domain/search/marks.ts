import type { TextRange } from '@parley/protocol/model'
import type { Term } from './parse-query.ts'
import { phoneEnd, phonesOf, toAscii, type Word, wordsOf } from './words.ts'

/** By a word as written (`Word.word`): what it is looked up by besides. */
export type Stems = ReadonlyMap<string, readonly string[]>

/** Words of longer texts are not looked at to be marked. */
const MOST_WORDS = 2000

/** Where a text holds what was looked for, from the front, without overlaps. */
export function findMarks(text: string, terms: readonly Term[], stems: Stems): TextRange[] {
  return marksAmong(text, wordsOf(text, MOST_WORDS), terms, stems)
}

/** The same in a name, however it and what was looked for are spelled. */
export function findNameMarks(name: string, terms: readonly Term[]): TextRange[] {
  const plain = (words: readonly Word[]) => words.map((word) => ({ ...word, plain: toAscii(word.plain) }))
  const asked = terms.map((term): Term => {
    if (term.kind === 'word')
      return { ...term, word: { ...term.word, plain: toAscii(term.word.plain) }, isPrefix: true }
    return term.kind === 'phrase' ? { ...term, words: plain(term.words), isPrefix: true } : term
  })
  return marksAmong(name, plain(wordsOf(name, MOST_WORDS)), asked, NO_STEMS)
}

const NO_STEMS: Stems = new Map()

function marksAmong(text: string, words: readonly Word[], terms: readonly Term[], stems: Stems): TextRange[] {
  const ranges = terms.filter(({ isNot }) => !isNot).flatMap((term) => rangesOf(text, words, term, stems))
  return joined(ranges.sort((a, b) => a.offset - b.offset || b.length - a.length))
}

function rangesOf(text: string, words: readonly Word[], term: Term, stems: Stems): TextRange[] {
  switch (term.kind) {
    case 'word':
      return words.filter((word) => isMeant(word, term.word, term.isPrefix, stems)).map(rangeOf)
    case 'phrase':
      return words.flatMap((_, at) => (isPhraseAt(words, at, term) ? spanOf(words, at, term.words.length) : []))
    case 'phone':
      return phonesOf(text)
        .filter(({ digits }) => phoneEnd(digits) === phoneEnd(term.digits))
        .map(rangeOf)
  }
}

function isMeant(word: Word, asked: Word, isPrefix: boolean, stems: Stems): boolean {
  if (isPrefix ? word.plain.startsWith(asked.plain) : word.plain === asked.plain) return true
  const wanted = [asked.plain, ...(stems.get(asked.word) ?? [])]
  return [word.plain, ...(stems.get(word.word) ?? [])].some((stem) => wanted.includes(stem))
}

function isPhraseAt(
  words: readonly Word[],
  at: number,
  { words: asked, isPrefix }: Term & { kind: 'phrase' },
): boolean {
  return asked.every(({ plain }, index) => {
    const word = words[at + index]?.plain
    return isPrefix && index === asked.length - 1 ? word?.startsWith(plain) : word === plain
  })
}

function spanOf(words: readonly Word[], at: number, count: number): TextRange[] {
  const [first, last] = [words[at], words[at + count - 1]]
  return first && last ? [{ offset: first.offset, length: last.offset + last.length - first.offset }] : []
}

const rangeOf = ({ offset, length }: TextRange): TextRange => ({ offset, length })

function joined(ranges: readonly TextRange[]): TextRange[] {
  const kept: TextRange[] = []
  for (const range of ranges) {
    const last = kept.at(-1)
    if (last && range.offset < last.offset + last.length) {
      last.length = Math.max(last.length, range.offset + range.length - last.offset)
    } else kept.push({ ...range })
  }
  return kept
}

/** Where a phone number holds the digits looked for, whatever stands between them; all of it when it is the number. */
export function markDigits(phone: string, terms: readonly Term[]): TextRange[] {
  const places = [...phone.matchAll(/\d/g)].map((match) => match.index)
  const digits = places.map((place) => phone[place]).join('')
  const ranges = terms.flatMap((term) => {
    if (term.isNot) return []
    if (term.kind === 'phone')
      return phoneEnd(digits) === phoneEnd(term.digits) ? [{ offset: 0, length: phone.length }] : []
    const asked = term.kind === 'word' && /^\d{3,}$/.test(term.word.plain) ? term.word.plain : undefined
    const at = asked === undefined ? -1 : digits.indexOf(asked)
    const [first, last] = [places[at], places[at + (asked?.length ?? 0) - 1]]
    return at < 0 || first === undefined || last === undefined ? [] : [{ offset: first, length: last + 1 - first }]
  })
  return joined(ranges.sort((a, b) => a.offset - b.offset))
}

const BEFORE = 40
const LONGEST = 220

export interface Snippet {
  text: string
  marks: TextRange[]
}

/** The part of a text around its first mark, cut between words. */
export function cutSnippet(text: string, marks: readonly TextRange[]): Snippet {
  const first = marks[0]?.offset ?? 0
  const start = first <= BEFORE || text.length <= LONGEST ? 0 : startOfWord(text, first - BEFORE, first)
  const end = text.length - start <= LONGEST ? text.length : endOfWord(text, start + LONGEST)
  const front = start > 0 ? '…' : ''
  const back = end < text.length ? '…' : ''
  return {
    text: front + text.slice(start, end) + back,
    marks: marks
      .filter(({ offset, length }) => offset >= start && offset + length <= end)
      .map(({ offset, length }) => ({ offset: offset - start + front.length, length })),
  }
}

/** The first beginning of a word from there on; where there is none before the mark, the mark. */
function startOfWord(text: string, from: number, mark: number): number {
  const space = text.slice(from, mark).search(/\s/)
  if (space >= 0) return from + space + 1
  return isHalf(text, from) ? from + 1 : from
}

function endOfWord(text: string, upTo: number): number {
  const space = text.slice(0, upTo).search(/\s\S*$/)
  if (space > upTo - BEFORE) return space
  return isHalf(text, upTo) ? upTo - 1 : upTo
}

/** The second half of a surrogate pair. */
const isHalf = (text: string, at: number) => /[\udc00-\udfff]/.test(text[at] ?? '')
