import type { Runner } from '../../db/statement.ts'
import { isCyrillic, isLatin, type Word } from './words.ts'

interface StemRow {
  word: string
  plain: string
  russian: string[] | null
  latin: (string[] | null)[]
}

/**
 * The stems of words in every language they may be of; by `Word.word`. A word that says nothing by itself ("the") has none in its
 * own language: it is looked for as written.
 */
export async function findStems(pool: Runner, words: readonly Word[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = new Map(words.filter(({ word }) => isCyrillic(word) || isLatin(word)).map((word) => [word.word, word]))
  if (asked.size === 0) return new Map()
  const { rows } = await pool.query<StemRow>({
    text: `select word, plain, ts_lexize('russian_stem', plain) as russian,
        to_jsonb(array[ts_lexize('english_stem', plain)]) || to_jsonb(array[ts_lexize('spanish_stem', plain)])
        || to_jsonb(array[ts_lexize('spanish_stem', word)]) || to_jsonb(array[ts_lexize('portuguese_stem', plain)])
        || to_jsonb(array[ts_lexize('portuguese_stem', word)]) as latin
      from unnest($1::text[], $2::text[]) as w (word, plain)`,
    values: [[...asked.keys()], [...asked.values()].map(({ plain }) => plain)],
  })
  return new Map(rows.map((row) => [row.word, stemsOf(row)]))
}

function stemsOf({ plain, russian, latin }: StemRow): string[] {
  const stems = isCyrillic(plain) ? (russian ?? []) : latin.flatMap((one) => one ?? [])
  return [...new Set(stems)]
}
