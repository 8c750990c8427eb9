import type { AccountId, ChatId } from '@parley/protocol/model'
import type { Runner } from '../../db/statement.ts'
import { coversAll, type Owners, ownedSql, ownersValues } from '../users/viewer.ts'
import type { NameKind } from './index-names.ts'
import type { Term } from './parse-query.ts'
import type { Condition } from './search-texts.ts'
import { SqlValues } from './sql-values.ts'
import { phoneEnd, toAscii, type Word } from './words.ts'

export interface NameQuery {
  accountId: AccountId
  terms: readonly Term[]
  conditions: readonly Condition[]
  limit: number
  /** Hits behind this place. */
  after: NamePlace | undefined
}

/** A hit's place in the order. */
export interface NamePlace {
  rank: number
  madeAt: number
  id: string
}

export interface NameHit {
  kind: NameKind
  id: string
  chatIds: ChatId[]
  place: NamePlace
  /** Only nearly called so; of these there is one page. */
  isGuess: boolean
}

/** More are not ranked: of "maria" any first page will do. */
const MOST_RANKED = 2000
/** Below it nothing is guessed at: three letters are like many things. */
const SHORTEST_GUESS = 4

/** Hits that may not be seen are conditions, too, written by who knows the tables. */
export interface Scope {
  kinds: readonly NameKind[]
  joins: string
  seen: Condition
}

/** Contacts by their responsible user; somebody known from a messenger only, as his conversation is. */
export const peopleSeenBy = (contacts: Owners, leads: Owners): Scope => ({
  kinds: ['contact', 'client'],
  joins: `
    left join contact ct on n.kind = 'contact' and ct.account_id = $1 and ct.id = n.id::bigint and ct.deleted_at is null
    left join chat_state s on n.kind = 'client' and s.account_id = $1 and s.chat_id = n.chat_ids[1]
    left join lead l on l.account_id = $1 and l.id = s.lead_id and l.deleted_at is null`,
  seen: (values) =>
    `case n.kind when 'contact' then ct.id is not null and ${owned('ct.responsible_user_id', contacts, values)}
      else s.chat_id is not null and ${owned('l.responsible_user_id', leads, values)} end`,
})

export const leadsSeenBy = (leads: Owners): Scope => ({
  kinds: ['lead'],
  joins: 'join lead l on l.account_id = $1 and l.id = n.id::bigint and l.deleted_at is null',
  seen: (values) => owned('l.responsible_user_id', leads, values),
})

function owned(column: string, owners: Owners, values: SqlValues): string {
  if (coversAll(owners)) return 'true'
  const first = values.next
  for (const value of ownersValues(owners)) values.add(value)
  return ownedSql(column, first)
}

/**
 * People or leads by what they are called and reached by.
 *
 * Shape:  at most one more than the limit.
 * Order:  those first whose name begins with what was typed, then the newest. When nobody is called so: who is nearly
 *         called so, the nearest first.
 */
export async function searchNames(pool: Runner, query: NameQuery, scope: Scope): Promise<NameHit[]> {
  const exact = await select(pool, query, scope, matching(query.terms))
  if (exact.length > 0 || query.after) return exact
  const guess = guessable(query.terms)
  if (guess === undefined) return []
  const near = await select(pool, query, scope, resembling(guess))
  return near.slice(0, query.limit).map((hit) => ({ ...hit, isGuess: true }))
}

interface Match {
  /** On `n`. */
  condition: Condition
  /** The best first. */
  rank: Condition
}

async function select(pool: Runner, query: NameQuery, scope: Scope, match: Match): Promise<NameHit[]> {
  const values = new SqlValues()
  const account = values.add(query.accountId)
  const parts = scope.kinds.map(
    (kind) => `(select n.*, ${match.rank(values)} as rank from search_name n
      where n.account_id = ${account} and n.kind = '${kind}' and ${match.condition(values)} limit ${MOST_RANKED})`,
  )
  const conditions = [scope.seen, ...query.conditions].map((condition) => condition(values))
  if (query.after) conditions.push(behind(query.after, values))
  const text = `with hit as materialized (${parts.join(' union all ')})
    select n.kind, n.id, n.chat_ids, n.rank, n.made_at
    from (select * from hit order by ${BEST_FIRST}) n ${scope.joins}
    where ${conditions.join(' and ')}
    order by n.rank desc, n.made_at desc, n.id collate "C" desc
    limit ${values.add(query.limit + 1)}`
  const { rows } = await pool.query<NameRow>({ text, values: values.list })
  return rows.map(({ kind, id, chat_ids, rank, made_at }) => ({
    kind,
    id,
    chatIds: chat_ids,
    place: { rank, madeAt: made_at.getTime(), id },
    isGuess: false,
  }))
}

const BEST_FIRST = 'rank desc, made_at desc, id collate "C" desc'

interface NameRow {
  kind: NameKind
  id: string
  chat_ids: ChatId[]
  rank: number
  made_at: Date
}

const behind = ({ rank, madeAt, id }: NamePlace, values: SqlValues): string =>
  `(n.rank, n.made_at, n.id collate "C") <
    (${values.add(rank)}::bigint, ${values.add(new Date(madeAt))}::timestamptz, ${values.add(id)}::text collate "C")`

/** Words stand in `search_name` in plain letters, with a space before each. */
const begins = (word: Word, values: SqlValues) => `n.words like ${values.add(`% ${toAscii(word.plain)}%`)}`
const calls = (digits: string, values: SqlValues) => `n.digits like ${values.add(`%${digits}%`)}`

const isNumber = ({ plain }: Word) => /^\d{3,}$/.test(plain)

function matching(terms: readonly Term[]): Match {
  const first = terms.find((term) => term.kind !== 'phone' && !term.isNot)
  const word = first?.kind === 'word' ? first.word : first?.kind === 'phrase' ? first.words[0] : undefined
  return {
    condition: (values) => terms.map((term) => `${term.isNot ? 'not ' : ''}(${termSql(term, values)})`).join(' and '),
    rank: (values) => (word ? `(n.words like ${values.add(` ${toAscii(word.plain)}%`)})::int` : '0'),
  }
}

function termSql(term: Term, values: SqlValues): string {
  switch (term.kind) {
    case 'word':
      return isNumber(term.word)
        ? `${begins(term.word, values)} or ${calls(term.word.plain, values)}`
        : begins(term.word, values)
    case 'phrase':
      return `n.words like ${values.add(`%${term.words.map(({ plain }) => ` ${toAscii(plain)}`).join('')}%`)}`
    case 'phone':
      return calls(phoneEnd(term.digits), values)
  }
}

/** What is looked for, when it is a name of some length. */
function guessable(terms: readonly Term[]): string | undefined {
  const words = terms.flatMap((term) => (term.kind === 'word' && !term.isNot ? [toAscii(term.word.plain)] : []))
  if (words.length !== terms.length || words.some((word) => /\d/.test(word))) return undefined
  const name = words.join(' ')
  return name.length >= SHORTEST_GUESS ? name : undefined
}

const resembling = (name: string): Match => ({
  condition: (values) => `${values.add(name)} <% n.words`,
  rank: (values) => `word_similarity(${values.add(name)}, n.words)`,
})

const MOST_PEOPLE = 20
const MOST_CHATS = 100

/** The conversations of those who are called so, the newest people first. */
export async function findChatsOf(pool: Runner, accountId: AccountId, words: readonly Word[]): Promise<ChatId[]> {
  if (words.length === 0) return []
  const values = new SqlValues()
  const account = values.add(accountId)
  const conditions = words.map((word) => begins(word, values)).join(' and ')
  const { rows } = await pool.query<{ chat_ids: ChatId[] }>({
    text: ['contact', 'client']
      .map(
        (kind) => `(select chat_ids from search_name n
          where n.account_id = ${account} and n.kind = '${kind}' and ${conditions}
          order by n.made_at desc limit ${MOST_PEOPLE})`,
      )
      .join(' union all '),
    values: values.list,
  })
  return rows.flatMap((row) => row.chat_ids).slice(0, MOST_CHATS)
}
