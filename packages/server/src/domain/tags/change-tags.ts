import type { AccountId, ChangeTagRequest, NewTagRequest, Tag, TagId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit, type NewAuditEntry } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { countTagUse, getTag } from './tag-queries.ts'

const MOST_TAGS = 1000
const HUES = 8

type TagDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Makes a tag; one with the same name, in whatever case, is answered instead of a second one. Without a hue tags take turns.
 * @throws {AppError} `conflict`: there are a thousand already
 */
export async function createTag(deps: TagDeps, actor: Actor, { name, hue }: NewTagRequest): Promise<Tag> {
  const { accountId } = actor
  return changing(deps, actor, async (tx, writeDown) => {
    const known = await findByName(tx, accountId, name)
    if (known) return known
    const { count } = await tx
      .selectFrom('tag')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    if (count >= MOST_TAGS) throw new AppError('conflict', `There are ${MOST_TAGS} tags already. Delete one first.`)
    const made = await tx
      .insertInto('tag')
      .values({ account_id: accountId, name, hue: hue ?? count % HUES })
      .returning(['id', 'name', 'hue'])
      .executeTakeFirstOrThrow()
    await writeDown('tag.made', made)
    return made
  })
}

/** @throws {AppError} `not_found`; `conflict`: another tag has the name; `details.tagId` says which, to be merged into */
export async function changeTag(deps: TagDeps, actor: Actor, id: TagId, given: ChangeTagRequest): Promise<Tag> {
  const { accountId } = actor
  return changing(deps, actor, async (tx, writeDown) => {
    const tag = await getTag(tx, accountId, id)
    const other = given.name === undefined ? undefined : await findByName(tx, accountId, given.name)
    if (other && other.id !== id) {
      throw new AppError('conflict', `name: another tag is called ${other.name}. The two can be made one.`, {
        details: { field: 'name', tagId: other.id },
      })
    }
    const after = { name: given.name ?? tag.name, hue: given.hue ?? tag.hue }
    await tx.updateTable('tag').set(after).where('account_id', '=', accountId).where('id', '=', id).execute()
    const names = (['name', 'hue'] as const).filter((name) => tag[name] !== after[name])
    const changes = names.map((name) => [name, { before: tag[name], after: after[name] }])
    if (changes.length > 0) await writeDown('tag.changed', { id, ...after }, Object.fromEntries(changes))
    return { id, ...after }
  })
}

/**
 * Whatever has the tag has the other one from then on, views ask for that one, and this one is gone.
 * @throws {AppError} `not_found`; `invalid_request`: into itself
 */
export async function mergeTags(deps: TagDeps, actor: Actor, id: TagId, intoId: TagId): Promise<Tag> {
  const { accountId } = actor
  if (id === intoId) throw new AppError('invalid_request', 'intoId: is the same tag.', { details: { field: 'intoId' } })
  return changing(deps, actor, async (tx, writeDown) => {
    const tag = await getTag(tx, accountId, id)
    const { leads, contacts } = await countTagUse(tx, accountId, id)
    const into = await getTag(tx, accountId, intoId)
    await sql`insert into lead_tag (account_id, lead_id, tag_id)
      select account_id, lead_id, ${intoId} from lead_tag where account_id = ${accountId} and tag_id = ${id}
      on conflict do nothing`.execute(tx)
    await sql`insert into contact_tag (account_id, contact_id, tag_id)
      select account_id, contact_id, ${intoId} from contact_tag where account_id = ${accountId} and tag_id = ${id}
      on conflict do nothing`.execute(tx)
    const views = await sql`update inbox_view set filters = jsonb_set(filters, '{tagId}', to_jsonb(${intoId}::bigint))
      where account_id = ${accountId} and filters ->> 'tagId' = ${String(id)}`.execute(tx)
    if (views.numAffectedRows)
      await appendEvents(tx, accountId, [{ type: 'settings.changed', topic: 'views', userId: null }])
    await remove(tx, accountId, id)
    await writeDown('tag.merged', tag, { into: into.name, leads, contacts })
    return into
  })
}

/** @throws {AppError} `not_found` */
export async function deleteTag(deps: TagDeps, actor: Actor, id: TagId): Promise<void> {
  await changing(deps, actor, async (tx, writeDown) => {
    const tag = await getTag(tx, actor.accountId, id)
    const { leads, contacts } = await countTagUse(tx, actor.accountId, id)
    await remove(tx, actor.accountId, id)
    await writeDown('tag.deleted', tag, { leads, contacts })
  })
}

async function remove(tx: Tx, accountId: AccountId, id: TagId): Promise<void> {
  for (const table of ['lead_tag', 'contact_tag'] as const)
    await tx.deleteFrom(table).where('account_id', '=', accountId).where('tag_id', '=', id).execute()
  await tx.deleteFrom('tag').where('account_id', '=', accountId).where('id', '=', id).execute()
}

type WriteDown = (
  action: NewAuditEntry['action'],
  tag: Pick<Tag, 'id' | 'name'>,
  details?: Record<string, unknown>,
) => Promise<void>

async function changing<Made>(
  deps: TagDeps,
  actor: Actor,
  change: (tx: Tx, writeDown: WriteDown) => Promise<Made>,
): Promise<Made> {
  const made = await deps.db.transaction().execute(async (tx) => {
    // Two who change tags at once come one after the other.
    await tx.selectFrom('account').select('id').where('id', '=', actor.accountId).forNoKeyUpdate().execute()
    const answer = await change(tx, (action, { id, name }, details) =>
      appendAudit(tx, actor, { at: deps.clock.now(), action, target: { kind: 'tag', id, name }, details }),
    )
    await appendEvents(tx, actor.accountId, [{ type: 'settings.changed', topic: 'tags', actorId: actor.userId }])
    return answer
  })
  deps.nudge(actor.accountId)
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
