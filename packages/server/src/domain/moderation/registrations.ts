import type { AccountId, Registration } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'

/** Nobody decides about more in one sitting. */
const MOST = 500

/** How many wait for the operator. */
export async function countRegistrations(db: Db): Promise<number> {
  const { waiting } = await db
    .selectFrom('channel')
    .select((eb) => eb.fn.countAll<string>().as('waiting'))
    .where('asked_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(waiting)
}

/** What waits for the operator, longest first. */
export async function listRegistrations(db: Db): Promise<Registration[]> {
  const rows = await db
    .selectFrom('channel as c')
    .leftJoin('account as a', 'a.id', 'c.owner_account_id')
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'c.owner_account_id').onRef('u.id', '=', 'c.asked_by'),
    )
    .selectAll('c')
    .select(['a.name as account_name', 'u.name as asker_name'])
    .select(
      sql<AccountId[] | null>`(select jsonb_agg(account_id order by account_id) from channel_account x
        where x.channel_id = c.id and x.account_id is distinct from c.owner_account_id)`.as('account_ids'),
    )
    .where('c.asked_at', 'is not', null)
    .orderBy('c.asked_at')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    about: row.about,
    icon: row.icon,
    owner: row.owner_account_id === null ? null : { id: row.owner_account_id, name: row.account_name ?? '' },
    askedBy: row.asker_name,
    askedAt: row.asked_at!.getTime(),
    state: row.moderation,
    errorEmail: row.error_email,
    webhookUrl: row.webhook_url_v2,
    webhookUrlV1: row.webhook_url_v1,
    isPublic: row.is_public,
    accountIds: row.account_ids ?? [],
    waiting: (row.pending as Registration['waiting'] | null) ?? {},
  }))
}
