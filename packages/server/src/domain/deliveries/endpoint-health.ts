import type { AccountId, ChannelId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Deps } from '../deps.ts'
import type { EndpointNotice } from './endpoint-notice.ts'

/**
 * How the endpoint of a channel fares, for all nodes alike: `channel_health` is written when that changes, not per try.
 * Lock order: `channel_health` before `delivery_lane`.
 */

export type HealthDeps = Pick<Deps, 'db' | 'nudge'>

export interface EndpointFailure {
  channelId: ChannelId
  /** The first of those that failed one after another. */
  since: Date
  /** The last one so far. */
  at: Date
  reason: string
}

const MINUTE_MS = 60_000
const NOTICE_AFTER_MS = 10 * MINUTE_MS
const REMIND_AFTER_MS = 60 * MINUTE_MS
export const SWITCH_OFF_AFTER_MS = 5 * 24 * 60 * MINUTE_MS

/** The first failure after a success begins the failing; later ones keep when and why. */
export async function noteFailures({ db }: HealthDeps, failures: readonly EndpointFailure[]): Promise<void> {
  if (failures.length === 0) return
  await sql`
    insert into channel_health as h (channel_id, failing_since, last_failed_at, last_failure)
    select * from unnest(
      ${failures.map((one) => one.channelId)}::uuid[], ${failures.map((one) => one.since)}::timestamptz[],
      ${failures.map((one) => one.at)}::timestamptz[], ${failures.map((one) => one.reason)}::text[])
      as k (channel_id, since, at, reason)
    where exists (select from channel c where c.id = k.channel_id)
    order by k.channel_id
    on conflict (channel_id) do update set
      failing_since = coalesce(h.failing_since, excluded.failing_since),
      last_failed_at = greatest(h.last_failed_at, excluded.last_failed_at),
      last_failure = excluded.last_failure`.execute(db)
}

/** A success ends the failing. Answers the notices for those who had been told of it. */
export async function noteRecoveries(deps: HealthDeps, channelIds: readonly ChannelId[]): Promise<EndpointNotice[]> {
  if (channelIds.length === 0) return []
  return inOrder(deps, async (tx) => {
    const { rows } = await sql<ChangedRow & { was_told: boolean }>`
      with locked as materialized (
        select * from channel_health
        where channel_id = any (${channelIds}::uuid[]) and failing_since is not null
        order by channel_id for update)
      update channel_health h set failing_since = null, mailed_at = null
      from locked l join channel c on c.id = l.channel_id
      where h.channel_id = l.channel_id
      returning c.id, c.name, c.code, c.error_email, l.failing_since, l.last_failure, l.mailed_at is not null as was_told`.execute(
      tx,
    )
    return rows.filter((row) => row.was_told).map((row) => toNotice('recovered', row))
  })
}

/**
 * Gives the notices that are due: failing for ten minutes, then every hour as long as it goes on failing; switched off when
 * it has only failed for five days. Of several nodes that ask at once, one gets each.
 */
export async function takeDueNotices(deps: HealthDeps, now: Date): Promise<EndpointNotice[]> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const candidates = await deps.db
    .selectFrom('channel_health')
    .select('channel_id')
    .where('failing_since', '<=', before(NOTICE_AFTER_MS))
    .where('switched_off_at', 'is', null)
    .execute()
  if (candidates.length === 0) return []
  const ids = candidates.map((row) => row.channel_id)
  return inOrder(deps, async (tx) => [
    ...(await switchOffDead(tx, ids, now)),
    ...(await noticeFailing(tx, ids, {
      now,
      noticeBefore: before(NOTICE_AFTER_MS),
      remindBefore: before(REMIND_AFTER_MS),
    })),
  ])
}

async function switchOffDead(tx: Tx, ids: readonly ChannelId[], now: Date): Promise<EndpointNotice[]> {
  const { rows } = await sql<ChangedRow>`
    with locked as materialized (
      select channel_id from channel_health
      where channel_id = any (${ids}::uuid[]) and switched_off_at is null
        and last_failed_at >= failing_since + ${SWITCH_OFF_AFTER_MS} * interval '1 millisecond'
      order by channel_id for update)
    update channel_health h set switched_off_at = ${now}, mailed_at = ${now}
    from locked l join channel c on c.id = l.channel_id
    where h.channel_id = l.channel_id
    returning c.id, c.name, c.code, c.error_email, h.failing_since, h.last_failure`.execute(tx)
  return rows.map((row) => toNotice('switched_off', row))
}

/** A lone failure with nothing after it is no failing endpoint; nor is there news when nothing was tried since the last notice. */
async function noticeFailing(
  tx: Tx,
  ids: readonly ChannelId[],
  { now, noticeBefore, remindBefore }: { now: Date; noticeBefore: Date; remindBefore: Date },
): Promise<EndpointNotice[]> {
  const { rows } = await sql<ChangedRow>`
    with locked as materialized (
      select channel_id from channel_health
      where channel_id = any (${ids}::uuid[]) and switched_off_at is null and failing_since <= ${noticeBefore}
        and last_failed_at > failing_since
        and (mailed_at is null or mailed_at <= ${remindBefore} and last_failed_at > mailed_at)
      order by channel_id for update)
    update channel_health h set mailed_at = ${now}
    from locked l join channel c on c.id = l.channel_id
    where h.channel_id = l.channel_id
    returning c.id, c.name, c.code, c.error_email, h.failing_since, h.last_failure`.execute(tx)
  return rows.map((row) => toNotice('failing', row))
}

interface ChangedRow {
  id: ChannelId
  name: string
  code: string
  error_email: string | null
  failing_since: Date
  last_failure: string | null
}

const toNotice = (kind: EndpointNotice['kind'], row: ChangedRow): EndpointNotice => ({
  kind,
  channel: { id: row.id, name: row.name, code: row.code, errorEmail: row.error_email },
  failingSince: row.failing_since,
  lastFailure: row.last_failure ?? '',
})

/** The change and the accounts' events are one transaction; the accounts are nudged after it. */
async function inOrder(
  { db, nudge }: HealthDeps,
  change: (tx: Tx) => Promise<EndpointNotice[]>,
): Promise<EndpointNotice[]> {
  const { notices, accounts } = await db.transaction().execute(async (tx) => {
    const given = await change(tx)
    return {
      notices: given,
      accounts: await tellAccounts(
        tx,
        given.map(({ channel }) => channel.id),
      ),
    }
  })
  for (const accountId of accounts) nudge(accountId)
  return notices
}

/**
 * `connection.changed` in every account these channels are connected to; answers the accounts to nudge after the commit.
 * Locks the accounts' counters, in order: the last thing of a transaction.
 */
export async function tellAccounts(tx: Tx, channelIds: readonly ChannelId[]): Promise<AccountId[]> {
  if (channelIds.length === 0) return []
  const { rows } = await sql<{ account_id: AccountId }>`
    with locked as materialized (
      select account_id from account_seq
      where account_id in (
        select account_id from connection
        where channel_id = any (${channelIds}::uuid[]) and connected_at is not null and disconnected_at is null)
      order by account_id for update),
    taken as (
      update account_seq s set last_seq = s.last_seq + 1 from locked
      where s.account_id = locked.account_id
      returning s.account_id, s.last_seq)
    insert into event (account_id, seq, type)
    select account_id, last_seq, 'connection.changed' from taken
    returning account_id`.execute(tx)
  return rows.map((row) => row.account_id)
}
