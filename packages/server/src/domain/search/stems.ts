import type { Runner } from '../../db/statement.ts'
import { isCyrillic, isLatin, type Word } from './words.ts'

interface StemRow {
  word: string
  plain: string
  russian: string[] | null
  latin: (string[] | null)[]
}

/** Words whose stems are kept: those of every hit that is shown are wanted, and people use the same few thousand. */
const MOST_KEPT = 50_000
const kept = new WeakMap<Runner, Map<string, readonly string[]>>()

/**
 * The stems of words in every language they may be of; by `Word.word`. A word that says nothing by itself ("the") has none in its
 * own language: it is looked for as written.
 *
 * Cost: a statement only for words that were not asked for lately.
 */
export async function findStems(pool: Runner, words: readonly Word[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = keptOf(pool)
  const found = new Map<string, readonly string[]>()
  const unknown = new Map<string, string>()
  for (const { word, plain } of words) {
    if (!isCyrillic(word) && !isLatin(word)) continue
    const stems = known.get(word)
    if (stems) found.set(word, stems)
    else unknown.set(word, plain)
  }
  if (unknown.size === 0) return found
  for (const [word, stems] of await lookUp(pool, unknown)) {
    found.set(word, stems)
    known.set(word, stems)
  }
  for (const word of known.keys()) {
    if (known.size <= MOST_KEPT) break
    known.delete(word)
  }
  return found
}

function keptOf(pool: Runner): Map<string, readonly string[]> {
  const known = kept.get(pool) ?? new Map<string, readonly string[]>()
  kept.set(pool, known)
  return known
}

async function lookUp(pool: Runner, words: ReadonlyMap<string, string>): Promise<[string, string[]][]> {
  const { rows } = await pool.query<StemRow>({
    text: `select word, plain, ts_lexize('russian_stem', plain) as russian,
        to_jsonb(array[ts_lexize('english_stem', plain)]) || to_jsonb(array[ts_lexize('spanish_stem', plain)])
        || to_jsonb(array[ts_lexize('spanish_stem', word)]) || to_jsonb(array[ts_lexize('portuguese_stem', plain)])
        || to_jsonb(array[ts_lexize('portuguese_stem', word)]) as latin
      from unnest($1::text[], $2::text[]) as w (word, plain)`,
    values: [[...words.keys()], [...words.values()]],
  })
  return rows.map((row) => [row.word, stemsOf(row)])
}

function stemsOf({ plain, russian, latin }: StemRow): string[] {
  const stems = isCyrillic(plain) ? (russian ?? []) : latin.flatMap((one) => one ?? [])
  return [...new Set(stems)]
}
