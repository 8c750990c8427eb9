import type { AccountId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'

/** Nobody goes through what was told so long ago: the chats and leads themselves are there. */
const KEPT_MS = 180 * 24 * 60 * 60_000
const AT_ONCE = 2000

/** Clears away notifications that are half a year old, and what was kept of them. Answers how many went. */
export async function clearOldNotifications({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const before = new Date(clock.now().getTime() - KEPT_MS)
  // Ids rise with time, so an account's first one tells whether there is anything to do.
  const { rows } = await sql<{ account_id: AccountId }>`
    select a.id as account_id from account a
    cross join lateral (select created_at from notification where account_id = a.id order by id limit 1) oldest
    where oldest.created_at < ${before}`.execute(db)
  let cleared = 0
  for (const { account_id: accountId } of rows) cleared += await clearAccount({ db }, accountId, before)
  return cleared
}

async function clearAccount({ db }: Pick<Deps, 'db'>, accountId: AccountId, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number; last: number }>`
    with gone as (
      delete from notification where account_id = ${accountId} and id in (
        select id from (
          select id, created_at from notification where account_id = ${accountId} order by id limit ${AT_ONCE}) oldest
        where created_at < ${before})
      returning id)
    select count(*) as n, coalesce(max(id), 0) as last from gone`.execute(db)
  const { n, last } = rows[0]!
  for (const table of ['notification_read', 'notification_snooze'] as const)
    await db
      .deleteFrom(table)
      .where('account_id', '=', accountId)
      .where('notification_id', '<=', last as never)
      .execute()
  return n
}
