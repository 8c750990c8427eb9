import type { AccountId, ChatId, ContactId, LeadId } from '@parley/protocol/model'
import type { Runner } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { coversAll, type Owners, ownedSql, ownersValues } from '../users/viewer.ts'
import { EARLIEST_MS } from './facts.ts'
import { SqlValues } from './sql-values.ts'
import { type Step, stepsBack } from './steps-back.ts'
import { anyOf } from './to-tsquery.ts'

/** Writes a condition on `h` (the hit), `s` (its chat's state) and `l` (its lead). */
export type Condition = (values: SqlValues) => string

export interface TextQuery {
  accountId: AccountId
  /** For the index; it must ask for something that is there, not only for what is not. */
  tsquery: string
  conditions: readonly Condition[]
  /** Whose leads the viewer may see: chats, messages and notes follow them; and whose contacts, for the notes about these. */
  owners: { leads: Owners; contacts: Owners }
  /** Hits before this moment, or behind that hit. */
  before: { at: number; id: string } | undefined
  fromMs: number
  toMs: number
  limit: number
  /** A phrase is among what is asked for: the index knows its words, and whether they touch is read from each text. */
  hasPhrase: boolean
  /** So few can match that all are looked at at once, e.g. within one chat. */
  isNarrow: boolean
}

export interface TextHit {
  id: string
  kind: 'message' | 'note'
  chatId: ChatId | null
  leadId: LeadId | null
  contactId: ContactId | null
  at: number
}

export interface TextHits {
  /** One more than the limit when there are more. */
  hits: TextHit[]
  /** Set when time was up: everything since then was looked at, and nothing before. */
  searchedTo: number | null
}

/** Matches that are all looked at, before it is walked through the past block by block. */
const MOST_AT_ONCE = 3000
/** No new step is begun after this long. */
const BUDGET_MS = 700
/** Below every id: with it a place is a moment. */
export const NO_ID = '00000000-0000-0000-0000-000000000000'
const DAY_MS = 86_400_000

/**
 * The newest messages and notes that match.
 *
 * Order:  newest first; then by id.
 * Cost:   bounded: what is rare is found at once by the index, what is common within the last days, and what took too long
 *         stops there (`searchedTo`).
 * Errors: `invalid_request` when even the first step takes too long.
 */
export async function searchTexts(
  { searchPool, clock }: { searchPool: Runner; clock: Pick<Clock, 'now'> },
  query: TextQuery,
): Promise<TextHits> {
  const startedAt = performance.now()
  const now = clock.now().getTime()
  // A day of the future: nodes' clocks differ.
  let before = query.before ?? { at: Math.min(now + DAY_MS, query.toMs), id: NO_ID }
  const untilMs = Math.max(EARLIEST_MS, query.fromMs)
  const found: TextHit[] = []
  for (const step of steps(query, before.at, untilMs)) {
    // Real time, whatever the clock says: this spares the database, it means nothing.
    if (performance.now() - startedAt > BUDGET_MS) return { hits: found, searchedTo: before.at }
    const answer = await look(searchPool, { ...query, before, limit: query.limit + 1 - found.length }, step)
    if (answer === 'too_long') {
      if (step === undefined || (found.length === 0 && before === query.before)) throw tooBroad()
      return { hits: found, searchedTo: before.at }
    }
    if (answer === 'too_many') continue
    found.push(...answer)
    if (found.length > query.limit || step.blocks.length === 0) return { hits: found, searchedTo: null }
    before = { at: step.fromMs, id: NO_ID }
  }
  return { hits: found, searchedTo: null }
}

const everything = (fromMs: number): Step => ({ blocks: [], fromMs })

function* steps({ isNarrow, hasPhrase }: TextQuery, nowMs: number, untilMs: number): Generator<Step> {
  if (isNarrow) yield everything(untilMs)
  for (const step of stepsBack(nowMs, untilMs, { isDear: hasPhrase }))
    if (!isNarrow || step.blocks.length > 0) yield step
}

function tooBroad(): AppError {
  return new AppError(
    'invalid_request',
    'q: too much matches this search. Add a word, or narrow it with before:, after:, from: or channel:.',
    { details: { field: 'q', reason: 'too_broad' } },
  )
}

interface HitRow {
  candidates: number
  id: string | null
  kind: 'message' | 'note'
  chat_id: ChatId | null
  lead_id: LeadId | null
  contact_id: ContactId | null
  at: Date
}

type Look = TextQuery & { before: { at: number; id: string } }

/** Looks through one part of the past. */
async function look(pool: Runner, query: Look, step: Step): Promise<TextHit[] | 'too_many' | 'too_long'> {
  const { text, values } = statementOf(query, step)
  try {
    const { rows } = await pool.query<HitRow>({ text, values })
    if (step.blocks.length === 0 && (rows[0]?.candidates ?? 0) > MOST_AT_ONCE) return 'too_many'
    return rows.flatMap(({ id, kind, chat_id, lead_id, contact_id, at }) =>
      id === null ? [] : [{ id, kind, chatId: chat_id, leadId: lead_id, contactId: contact_id, at: at.getTime() }],
    )
  } catch (error) {
    if ((error as { code?: unknown }).code === STATEMENT_TIMED_OUT) return 'too_long'
    throw error
  }
}

const STATEMENT_TIMED_OUT = '57014'

function statementOf(query: Look, step: Step): { text: string; values: unknown[] } {
  const values = new SqlValues()
  const account = values.add(query.accountId)
  const tsquery = values.add(step.blocks.length === 0 ? query.tsquery : `${query.tsquery} & ${anyOf(step.blocks)}`)
  const [at, id] = [values.add(new Date(query.before.at)), values.add(query.before.id)]
  const from = values.add(new Date(Math.max(step.fromMs, query.fromMs)))
  const most = step.blocks.length === 0 ? `limit ${MOST_AT_ONCE + 1}` : ''
  const conditions = conditionsOf(query, values)
  const joins = conditions.length === 0 ? '' : joinsOf(account)
  const text = `with hit as materialized (
      select t.id, t.kind, t.chat_id, t.lead_id, t.contact_id, t.at from search_text t
      where t.account_id = ${account} and t.vector @@ ${tsquery}::tsquery
        and (t.at, t.id) < (${at}::timestamptz, ${id}::uuid) and t.at >= ${from}::timestamptz ${most})
    select n.candidates, found.* from (select count(*)::int as candidates from hit) n
    left join lateral (
      select h.id, h.kind, h.chat_id, h.lead_id, h.contact_id, h.at from (select * from hit order by at desc, id desc) h ${joins}
      ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
      order by h.at desc, h.id desc limit ${values.add(query.limit)}
    ) found on true
    order by found.at desc, found.id desc`
  return { text, values: values.list }
}

/** A chat's note follows the lead that the chat has now, whatever it was written about. */
const joinsOf = (account: string) => `
  left join chat_state s on s.account_id = ${account} and s.chat_id = h.chat_id
  left join lead l on l.account_id = ${account} and l.deleted_at is null
    and l.id = case when h.chat_id is null then h.lead_id else s.lead_id end
  left join contact ct on ct.account_id = ${account} and ct.deleted_at is null
    and ct.id = case when h.chat_id is null and h.lead_id is null then h.contact_id end`

function conditionsOf({ owners, conditions }: Look, values: SqlValues): string[] {
  const written = conditions.map((condition) => condition(values))
  if (coversAll(owners.leads) && coversAll(owners.contacts)) return written
  const owned = (column: string, whose: Owners) => {
    const first = values.next
    for (const value of ownersValues(whose)) values.add(value)
    return ownedSql(column, first)
  }
  const byLead = owned('l.responsible_user_id', owners.leads)
  const byContact = owned('ct.responsible_user_id', owners.contacts)
  const seen = `case when h.chat_id is not null then ${byLead}
    when h.lead_id is not null then l.id is not null and ${byLead} else ct.id is not null and ${byContact} end`
  return [seen, ...written]
}
