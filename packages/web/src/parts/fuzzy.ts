/** A name that fits counts more than its text that does. */
const PLACES = [
  { worth: 1, field: 0 },
  { worth: 0.4, field: 1 },
] as const

/**
 * Those whose texts fit what was typed, the best first; all of them, as they stand, when nothing was. Every word that was typed must be
 * found: at the beginning of a word, within one, or (of the first text) as letters in their order.
 * @param textsOf  the name first, then what else may be looked through
 */
export function fuzzyFilter<Item>(
  items: readonly Item[],
  query: string,
  textsOf: (item: Item) => readonly [name: string, body?: string],
): Item[] {
  const words = simplify(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...items]
  const ranked = items.map((item, index) => ({ item, index, score: scoreAll(words, textsOf(item).map(simplify)) }))
  return ranked
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ item }) => item)
}

const simplify = (text: string | undefined): string =>
  (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function scoreAll(words: readonly string[], texts: readonly string[]): number {
  let total = 0
  for (const word of words) {
    const score = Math.max(
      ...PLACES.map(({ worth, field }) => worth * scoreWord(word, texts[field] ?? '', field === 0)),
    )
    if (score === 0) return 0
    total += score
  }
  return total
}

function scoreWord(word: string, text: string, mayBeScattered: boolean): number {
  const at = text.indexOf(word)
  if (at === 0) return 100
  if (startsAWord(text, word)) return 80
  if (at > 0) return 50
  return mayBeScattered && isScattered(word, text) ? 20 : 0
}

const LETTER = /[\p{L}\p{N}]/u

function startsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (at === 0 || !LETTER.test(text[at - 1]!)) return true
  return false
}

function isScattered(word: string, text: string): boolean {
  let at = -1
  for (const letter of word) {
    at = text.indexOf(letter, at + 1)
    if (at === -1) return false
  }
  return true
}
