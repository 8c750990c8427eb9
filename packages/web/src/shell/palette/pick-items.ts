import { fuzzyMatch } from './fuzzy.ts'
import type { PaletteItem } from './palette-item.ts'

/** More of one kind are not shown for one query. */
const MOST = 8

/** Those that what was typed can mean, the nearest first; all of them when nothing was typed. */
export function pickItems(items: readonly PaletteItem[], typed: string, most = MOST): PaletteItem[] {
  if (typed.trim() === '') return [...items]
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(typed, item.label)
      if (match) return { item: { ...item, labelMarks: match.marks }, score: match.score }
      const byOther = fuzzyMatch(typed, `${item.hint ?? ''} ${item.also ?? ''}`)
      // Found by another word: behind all that are called so.
      return byOther ? { item, score: byOther.score - 100 } : []
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item)
}
