import { sql } from 'kysely'
import { dropSearchTexts } from './drop-search-texts.ts'
import { type Erasing, type Progress, remove } from './erasing.ts'

/** They write down what they make of what they have read. */
const FOLLOWERS = ['search', 'contacts']

/**
 * Last: a follower may have read a message before it went and have written its words after. When they are past everything, what
 * they made of it goes, too.
 */
export async function eraseIndex(erasing: Erasing): Promise<Progress> {
  const { tx, accountId, scope } = erasing
  scope.seq ??= await lastSeq(erasing)
  const { rows } = await sql<{ n: number }>`select count(*) as n from event_cursor
    where account_id = ${accountId} and follower = any (${FOLLOWERS}::text[]) and seq < ${scope.seq}`.execute(tx)
  if ((rows[0]?.n ?? 0) > 0) return 'wait'
  await dropSearchTexts(tx, accountId, scope)
  const contactIds = scope.contactIds
  await remove(
    tx,
    'search_name',
    sql`account_id = ${accountId} and (kind = 'client' and id = any (${scope.participantIds}::text[])
      or kind = 'contact' and id = any (${contactIds.map(String)}::text[]))`,
  )
  await dropKeys(erasing)
  for (const table of ['contact_point', 'contact_activity'])
    await remove(tx, table, sql`account_id = ${accountId} and contact_id = any (${contactIds}::bigint[])`)
  return 'done'
}

async function lastSeq({ tx, accountId }: Erasing): Promise<number> {
  const { rows } = await sql<{ last_seq: number }>`
    select last_seq from account_seq where account_id = ${accountId}`.execute(tx)
  return rows[0]?.last_seq ?? 0
}

/** By what contacts may be the same person; a group of one is none. */
async function dropKeys({ tx, accountId, scope }: Erasing): Promise<void> {
  await sql`
    with gone as (
      delete from contact_key where account_id = ${accountId} and contact_id = any (${scope.contactIds}::bigint[])
      returning kind, value)
    delete from duplicate_group d using gone
    where d.account_id = ${accountId} and d.kind = gone.kind and d.value = gone.value and (
      select count(*) from contact_key k
      where k.account_id = ${accountId} and k.kind = gone.kind and k.value = gone.value
        and k.contact_id <> all (${scope.contactIds}::bigint[])) < 2`.execute(tx)
}
