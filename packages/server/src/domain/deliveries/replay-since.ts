import type { AccountId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { DeliveryState } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type DeliverySummary, listDeliveries } from './delivery-queries.ts'
import type { SendAgainDeps } from './send-again.ts'

export interface ReplayRequest {
  channelId: ChannelId
  /** What was made then or later. */
  since: Date
  /** Absent: whatever came of them. */
  state?: DeliveryState
}

const PAGE = 500
const MOST_AT_ONCE = 10_000
/** Whoever asks has a clock of his own. */
const CLOCKS_DIFFER_MS = 5 * 60_000

/**
 * Sends all deliveries of a channel since a time again: a chat's in their order, behind what waits in it. What waits already
 * is due now and goes out once, so asking twice sends nothing twice that has not gone out in between.
 *
 * Answers how many go out. Every page is a transaction of its own: broken off half-way, the earlier part goes out.
 * @throws {AppError} `invalid_request`: too many, or since a time to come
 */
export async function replaySince(deps: SendAgainDeps, request: ReplayRequest): Promise<number> {
  if (request.since.getTime() > deps.clock.now().getTime() + CLOCKS_DIFFER_MS)
    throw new AppError('invalid_request', 'since: is a time to come', { details: { field: 'since' } })
  const found = await listSince(deps, request)
  // Oldest first.
  found.reverse()
  for (let from = 0; from < found.length; from += PAGE) {
    const page = found.slice(from, from + PAGE)
    const accounts = await deps.db.transaction().execute(async (tx) => {
      if (from === 0) await deps.note?.(tx)
      return queueAllAgain(tx, page, deps.clock.now())
    })
    for (const accountId of accounts) deps.nudge(accountId)
    deps.nudgeDeliveries()
  }
  return found.length
}

/** Newest first. */
async function listSince({ db }: SendAgainDeps, { since, ...filter }: ReplayRequest): Promise<DeliverySummary[]> {
  const found: DeliverySummary[] = []
  for (let before: DeliveryId | undefined; ; ) {
    const page = await listDeliveries(db, { ...filter, ...(before && { before }), limit: PAGE })
    const recent = page.filter(({ createdAt }) => createdAt >= since)
    found.push(...recent)
    if (found.length > MOST_AT_ONCE) {
      const advice = 'choose a later time or a state'
      throw new AppError('invalid_request', `since: more than ${MOST_AT_ONCE} deliveries; ${advice}.`)
    }
    before = page.at(-1)?.id
    if (recent.length < PAGE) return found
  }
}

interface AgainRow {
  account_id: AccountId
  chat_id: ChatId
  message_id: MessageId | null
}

/** As `sendAgain` does with one; answers the accounts to nudge. */
async function queueAllAgain(tx: Tx, page: readonly DeliverySummary[], now: Date): Promise<AccountId[]> {
  const accountIds = page.map(({ accountId }) => accountId)
  const chatIds = page.map(({ chatId }) => chatId)
  const ids = page.map(({ id }) => id)
  // The lanes first: whoever settles one of these holds its lane, so the states read next are not about to change.
  await sql`
    select from delivery_lane
    where (account_id, chat_id) in (select * from unnest(${accountIds}::int[], ${chatIds}::uuid[]))
    order by account_id, chat_id for update`.execute(tx)
  const { rows } = await sql<AgainRow>`
    with again as (
      select d.account_id, d.id, l.last_turn + row_number() over (partition by d.account_id, d.chat_id order by d.id) as turn
      from unnest(${accountIds}::int[], ${ids}::uuid[]) as k (account_id, id)
      join delivery d on d.account_id = k.account_id and d.id = k.id
      join delivery_lane l on l.account_id = d.account_id and l.chat_id = d.chat_id
      where d.state <> 'waiting')
    update delivery d set state = 'waiting', turn = again.turn, last_error = null, settled_at = null, given_up_at = null
    from again where d.account_id = again.account_id and d.id = again.id
    returning d.account_id, d.chat_id, d.message_id`.execute(tx)
  await sql`
    update delivery_lane l set last_turn = l.last_turn + k.added, due_at = least(l.due_at, ${now})
    from (
      select account_id, chat_id, coalesce(sum(added), 0)::int as added from (
        select account_id, chat_id, 0 as added from unnest(${accountIds}::int[], ${chatIds}::uuid[]) as a (account_id, chat_id)
        union all
        select account_id, chat_id, 1
        from unnest(${rows.map((row) => row.account_id)}::int[], ${rows.map((row) => row.chat_id)}::uuid[])
          as b (account_id, chat_id)) each
      group by account_id, chat_id) k
    where l.account_id = k.account_id and l.chat_id = k.chat_id and (k.added > 0 or l.due_at is not null)`.execute(tx)
  return showAsQueued(tx, rows)
}

/** Messages that had failed are on their way again. */
async function showAsQueued(tx: Tx, rows: readonly AgainRow[]): Promise<AccountId[]> {
  const ofMessages = rows.filter((row) => row.message_id !== null)
  const { rows: changed } = await sql<{ account_id: AccountId; id: MessageId; chat_id: ChatId }>`
    with locked as materialized (
      select m.account_id, m.id from message m
      where (m.account_id, m.id) in (
          select * from unnest(${ofMessages.map((row) => row.account_id)}::int[], ${ofMessages.map((row) => row.message_id)}::uuid[]))
        and m.status = 'failed'
      order by m.account_id, m.id for update)
    update message m set status = 'queued', failure = null, next_try_at = null from locked
    where m.account_id = locked.account_id and m.id = locked.id
    returning m.account_id, m.id, m.chat_id`.execute(tx)
  const accounts = [...new Set(changed.map((row) => row.account_id))].sort((a, b) => a - b)
  for (const accountId of accounts) {
    const events = changed
      .filter((row) => row.account_id === accountId)
      .map((row) => ({ type: 'message.status_changed', chatId: row.chat_id, messageId: row.id }) as const)
    await appendEvents(tx, accountId, events)
  }
  return accounts
}
