import type { AccountId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import { digitsOf, toAscii, wordsOf } from './words.ts'

/** Fewer digits are in everybody's number. */
const SHORTEST_NUMBER = 3

/** For a list of contacts `c`: those one of whose words begins with each word that was typed, or whose number holds the digits. */
export function contactsMatching(accountId: AccountId, q: string): RawBuilder<unknown> {
  const words = wordsOf(q).map(({ plain }) => sql`n.words like ${`% ${escapeLike(toAscii(plain))}%`}`)
  const digits = digitsOf(q)
  const isNumber = digits.length >= SHORTEST_NUMBER && /^[\d\s()+.\-/]+$/.test(q)
  const matches = isNumber
    ? sql`n.digits like ${`%${digits}%`}`
    : words.length === 0
      ? sql`false`
      : sql.join(words, sql` and `)
  return sql`c.id in (select n.id::bigint from search_name n
    where n.account_id = ${accountId} and n.kind = 'contact' and ${matches})`
}

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&')
