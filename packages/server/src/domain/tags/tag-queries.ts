import type { AccountId, Tag, TagId } from '@parley/protocol/model'
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

/** For hand-written SQL: the tags of a thing as `Tag[]` by name; null when it has none. */
export const tagsSql = (entity: 'lead' | 'contact', table: string): string =>
  `(select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'hue', t.hue) order by t.name)
    from ${entity}_tag x join tag t on t.account_id = x.account_id and t.id = x.tag_id
    where x.account_id = ${table}.account_id and x.${entity}_id = ${table}.id)`
