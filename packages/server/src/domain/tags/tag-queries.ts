import type { AccountId, Tag, TagId, TagUse } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

/** The account's tags by name. */
export async function listTags(db: Db, accountId: AccountId): Promise<Tag[]> {
  return db
    .selectFrom('tag')
    .select(['id', 'name', 'hue'])
    .where('account_id', '=', accountId)
    .orderBy((eb) => eb.fn('lower', ['name']))
    .orderBy('id')
    .execute()
}

/** @throws {AppError} `not_found` */
export async function getTag(db: Db, accountId: AccountId, id: TagId): Promise<Tag> {
  const tag = await db
    .selectFrom('tag')
    .select(['id', 'name', 'hue'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!tag) throw new AppError('not_found', 'There is no such tag in this account.')
  return tag
}

/** On how many leads and contacts each tag stands; those that stand nowhere are left out. */
export async function listTagUse(db: Db, accountId: AccountId, id?: TagId): Promise<TagUse[]> {
  const only = id === undefined ? sql`` : sql`and x.tag_id = ${id}`
  const { rows } = await sql<TagUse>`
    select tag_id as "tagId", (sum(n) filter (where on_lead))::int as leads, (sum(n) filter (where not on_lead))::int as contacts
    from (
      select x.tag_id, true as on_lead, count(*) as n from lead_tag x
      join lead l on l.account_id = x.account_id and l.id = x.lead_id and l.deleted_at is null
      where x.account_id = ${accountId} ${only} group by x.tag_id
      union all
      select x.tag_id, false, count(*) from contact_tag x
      join contact c on c.account_id = x.account_id and c.id = x.contact_id and c.deleted_at is null
      where x.account_id = ${accountId} ${only} group by x.tag_id
    ) each_kind group by tag_id order by tag_id`.execute(db)
  return rows.map(({ tagId, leads, contacts }) => ({ tagId, leads: leads ?? 0, contacts: contacts ?? 0 }))
}

export async function countTagUse(db: Db, accountId: AccountId, id: TagId): Promise<TagUse> {
  return (await listTagUse(db, accountId, id))[0] ?? { tagId: id, leads: 0, contacts: 0 }
}

/** For hand-written SQL: the tags of a thing as `Tag[]` by name; null when it has none. */
export const tagsSql = (entity: 'lead' | 'contact', table: string): string =>
  `(select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'hue', t.hue) order by t.name)
    from ${entity}_tag x join tag t on t.account_id = x.account_id and t.id = x.tag_id
    where x.account_id = ${table}.account_id and x.${entity}_id = ${table}.id)`
