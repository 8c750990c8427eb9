import type { TextRange } from '@parley/protocol/model'

export interface FuzzyMatch {
  /** The higher the nearer. */
  score: number
  marks: TextRange[]
}

const START_OF_WORD = 8
const NEXT_TO_LAST = 5
const SKIPPED = -1
const WHOLE_BEGINNING = 20

/**
 * Whether a text holds what was typed, as a whole or as beginnings of its words: `gin` is in *Go to Inbox*. Beginnings of
 * words and letters side by side count most. Undefined when it does not.
 */
export function fuzzyMatch(typed: string, text: string): FuzzyMatch | undefined {
  const asked = fold(typed).replace(/\s+/g, '')
  if (asked === '') return { score: 0, marks: [] }
  const { letters, places } = spread(text)
  const run = letters.indexOf(fold(typed).trim())
  const taken = run >= 0 ? range(run, fold(typed).trim().length) : pick(asked, letters)
  if (!taken) return undefined
  return { score: rate(taken, letters) + (taken[0] === 0 ? WHOLE_BEGINNING : 0), marks: join(taken, places, text) }
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

/** The text's letters folded one by one, with the place of each in it. */
function spread(text: string): { letters: string; places: number[] } {
  let letters = ''
  const places: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const folded = fold(text[at]!)
    for (const letter of folded) {
      letters += letter
      places.push(at)
    }
  }
  return { letters, places }
}

/** Runs of letters, each from the beginning of a word on, as early as possible. */
function pick(asked: string, letters: string): number[] | undefined {
  // What cannot be placed from somewhere on is not tried there again.
  const hopeless = new Set<string>()
  const place = (asking: number, from: number): number[] | undefined => {
    if (asking === asked.length) return []
    const key = `${asking} ${from}`
    if (hopeless.has(key)) return undefined
    for (let at = letters.indexOf(asked[asking]!, from); at >= 0; at = letters.indexOf(asked[asking]!, at + 1)) {
      if (!isStart(letters, at)) continue
      // The longest run first: what follows must find its place behind it.
      for (let count = runLength(asked.slice(asking), letters, at); count > 0; count -= 1) {
        const rest = place(asking + count, at + count)
        if (rest) return [...range(at, count), ...rest]
      }
    }
    hopeless.add(key)
    return undefined
  }
  return place(0, 0)
}

function runLength(asked: string, letters: string, at: number): number {
  let count = 0
  while (count < asked.length && asked[count] === letters[at + count]) count += 1
  return count
}

const isStart = (letters: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(letters[at - 1]!)

function rate(taken: readonly number[], letters: string): number {
  return taken.reduce((score, at, index) => {
    const before = taken[index - 1]
    if (before !== undefined && at === before + 1) return score + NEXT_TO_LAST
    return score + (isStart(letters, at) ? START_OF_WORD : SKIPPED * Math.min(5, at - (before ?? 0)))
  }, 0)
}

function join(taken: readonly number[], places: readonly number[], text: string): TextRange[] {
  const marks: TextRange[] = []
  for (const at of taken) {
    const offset = places[at]!
    const last = marks.at(-1)
    if (last && offset <= last.offset + last.length) last.length = offset + 1 - last.offset
    else marks.push({ offset, length: 1 })
  }
  // A letter and its accents are one.
  return marks.map(({ offset, length }) => {
    let end = offset + length
    while (/\p{M}/u.test(text[end] ?? '')) end += 1
    return { offset, length: end - offset }
  })
}
