import type { AccountId, ChangeTagRequest, NewTagRequest, Tag, TagId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { getTag } from './tag-queries.ts'

const MOST_TAGS = 1000
const HUES = 8

type TagDeps = Pick<Deps, 'db' | 'nudge'>

/**
 * Makes a tag; one with the same name, in whatever case, is answered instead of a second one. Without a hue tags take turns.
 * @throws {AppError} `conflict`: there are a thousand already
 */
export async function createTag(deps: TagDeps, viewer: Viewer, { name, hue }: NewTagRequest): Promise<Tag> {
  const accountId = viewer.account.id
  return changing(deps, viewer, async (tx) => {
    const known = await findByName(tx, accountId, name)
    if (known) return known
    const { count } = await tx
      .selectFrom('tag')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    if (count >= MOST_TAGS) throw new AppError('conflict', `There are ${MOST_TAGS} tags already. Delete one first.`)
    return tx
      .insertInto('tag')
      .values({ account_id: accountId, name, hue: hue ?? count % HUES })
      .returning(['id', 'name', 'hue'])
      .executeTakeFirstOrThrow()
  })
}

/** @throws {AppError} `not_found`; `conflict`: another tag has the name; `details.tagId` says which, to be merged into */
export async function changeTag(deps: TagDeps, viewer: Viewer, id: TagId, given: ChangeTagRequest): Promise<Tag> {
  const accountId = viewer.account.id
  return changing(deps, viewer, async (tx) => {
    const tag = await getTag(tx, accountId, id)
    const other = given.name === undefined ? undefined : await findByName(tx, accountId, given.name)
    if (other && other.id !== id) {
      throw new AppError('conflict', `name: another tag is called ${other.name}. The two can be made one.`, {
        details: { field: 'name', tagId: other.id },
      })
    }
    const after = { name: given.name ?? tag.name, hue: given.hue ?? tag.hue }
    await tx.updateTable('tag').set(after).where('account_id', '=', accountId).where('id', '=', id).execute()
    return { id, ...after }
  })
}

/**
 * Whatever has the tag has the other one from then on, and this one is gone.
 * @throws {AppError} `not_found`; `invalid_request`: into itself
 */
export async function mergeTags(deps: TagDeps, viewer: Viewer, id: TagId, intoId: TagId): Promise<Tag> {
  const accountId = viewer.account.id
  if (id === intoId) throw new AppError('invalid_request', 'intoId: is the same tag.', { details: { field: 'intoId' } })
  return changing(deps, viewer, async (tx) => {
    await getTag(tx, accountId, id)
    const into = await getTag(tx, accountId, intoId)
    await sql`insert into lead_tag (account_id, lead_id, tag_id)
      select account_id, lead_id, ${intoId} from lead_tag where account_id = ${accountId} and tag_id = ${id}
      on conflict do nothing`.execute(tx)
    await sql`insert into contact_tag (account_id, contact_id, tag_id)
      select account_id, contact_id, ${intoId} from contact_tag where account_id = ${accountId} and tag_id = ${id}
      on conflict do nothing`.execute(tx)
    await remove(tx, accountId, id)
    return into
  })
}

/** @throws {AppError} `not_found` */
export async function deleteTag(deps: TagDeps, viewer: Viewer, id: TagId): Promise<void> {
  await changing(deps, viewer, async (tx) => {
    await getTag(tx, viewer.account.id, id)
    await remove(tx, viewer.account.id, id)
  })
}

async function remove(tx: Tx, accountId: AccountId, id: TagId): Promise<void> {
  for (const table of ['lead_tag', 'contact_tag'] as const)
    await tx.deleteFrom(table).where('account_id', '=', accountId).where('tag_id', '=', id).execute()
  await tx.deleteFrom('tag').where('account_id', '=', accountId).where('id', '=', id).execute()
}

async function changing<Made>(
  deps: TagDeps,
  { account, user }: Viewer,
  change: (tx: Tx) => Promise<Made>,
): Promise<Made> {
  const made = await deps.db.transaction().execute(async (tx) => {
    // Two who change tags at once come one after the other.
    await tx.selectFrom('account').select('id').where('id', '=', account.id).forNoKeyUpdate().execute()
    const answer = await change(tx)
    await appendEvents(tx, account.id, [{ type: 'settings.changed', topic: 'tags', actorId: user.id }])
    return answer
  })
  deps.nudge(account.id)
  return made
}

async function findByName(tx: Tx, accountId: AccountId, name: string): Promise<Tag | undefined> {
  return tx
    .selectFrom('tag')
    .select(['id', 'name', 'hue'])
    .where('account_id', '=', accountId)
    .where(sql<boolean>`lower(name) = lower(${name})`)
    .executeTakeFirst()
}
