import type { IncomingCard, IncomingFilter, IncomingPage, LeadId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { getLastSeq } from '../../events/list-events.ts'
import { readSortKey, writeSortKey } from '../../lib/page-key.ts'
import type { Viewer } from '../users/viewer.ts'
import { countIncoming } from './board-counts.ts'
import type { BoardDeps, PageOf } from './board-queries.ts'
import { LEADS, leadConditions } from './lead-conditions.ts'
import { listCards } from './list-cards.ts'

const PREVIEW_LENGTH = 300

/** Not what the same client said long before: what arrived with the lead, or after it. */
const selectFirst = statementsOf('board')(
  'first_messages',
  `select l.id as lead_id, m.body, m.kind, m.sent_at
   from lead l
   join lateral (
     select left(body, ${PREVIEW_LENGTH}) as body, kind, sent_at from message
     where account_id = $1 and chat_id = l.chat_id and sent_at >= l.created_at - interval '1 day'
       and received_at >= l.created_at - interval '1 minute'
     order by sent_at, id limit 1) m on true
   where l.account_id = $1 and l.id = any ($2::bigint[])`,
)

/**
 * The incoming leads of all pipelines the viewer may see, with how many there are by source.
 * @throws {AppError} `invalid_request`: a page key that was not given out
 */
export async function listIncoming(
  deps: BoardDeps,
  viewer: Viewer,
  { sort, channel, source }: IncomingFilter,
  { key, limit }: PageOf,
): Promise<IncomingPage> {
  const seq = await getLastSeq(deps.hotPool, viewer.account.id)
  const isOldest = sort === 'oldest'
  const [, id] = key === undefined ? [] : readSortKey(key, 'number')
  const behind = id === undefined ? sql`` : sql`and l.id ${isOldest ? sql`>` : sql`<`} ${id}::bigint`
  const { rows } = await sql<{ id: LeadId }>`
    select l.id from ${LEADS}
    where ${leadConditions(viewer, { channel, source })} and l.is_incoming ${behind}
    order by l.id ${isOldest ? sql`asc` : sql`desc`} limit ${limit + 1}`.execute(deps.db)
  const ids = rows.slice(0, limit).map((row) => row.id)
  const last = ids.at(-1)
  const [counts, items] = await Promise.all([countIncoming(deps.hotPool, viewer), listIncomingCards(deps, viewer, ids)])
  return { items, next: rows.length > limit && last !== undefined ? writeSortKey(0, last) : null, counts, seq }
}

/** The cards of those of the leads that the viewer may see. */
export async function findCards(deps: BoardDeps, viewer: Viewer, leadIds: readonly LeadId[]): Promise<IncomingCard[]> {
  const { rows } = await sql<{ id: LeadId }>`
    select l.id from ${LEADS} where ${leadConditions(viewer, {})} and l.id = any (${leadIds}::bigint[])`.execute(
    deps.db,
  )
  return listIncomingCards(
    deps,
    viewer,
    rows.map((row) => row.id),
  )
}

async function listIncomingCards(
  { hotPool }: BoardDeps,
  viewer: Viewer,
  ids: readonly LeadId[],
): Promise<IncomingCard[]> {
  const [cards, first] = await Promise.all([
    listCards(hotPool, viewer, ids),
    firstMessages(hotPool, viewer.account.id, ids),
  ])
  return cards.map((card) => ({ ...card, firstMessage: first.get(card.lead.id) ?? null }))
}

async function firstMessages(pool: Runner, accountId: number, ids: readonly LeadId[]) {
  if (ids.length === 0) return new Map<LeadId, NonNullable<IncomingCard['firstMessage']>>()
  const rows = await run<{ lead_id: LeadId; body: string; kind: string; sent_at: Date }>(pool, selectFirst, [
    accountId,
    ids,
  ])
  return new Map(
    rows.map(({ lead_id, body, kind, sent_at }) => [lead_id, { text: body, kind, sentAt: sent_at.getTime() }]),
  )
}
