import type {
  AccountId,
  ChangeSourceRequest,
  ChannelId,
  NewSourceRequest,
  PipelineId,
  Source,
  SourceId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit, type NewAuditEntry } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { type ChannelOfAccount, checkConnection, getSource } from './source-queries.ts'

const MOST_ACTIVE = 100

type SourceDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Adds a line to a channel (spec 01 §4). A new default takes the place of the former one.
 * @throws {AppError} `not_found`: the channel is not the account's; `conflict`: the external id is taken, or there are a hundred
 *   already; `invalid_request`: no such pipeline
 */
export async function createSource(
  deps: SourceDeps,
  actor: Actor,
  channelId: ChannelId,
  wish: NewSourceRequest,
): Promise<Source> {
  const of = { accountId: actor.accountId, channelId }
  const id = await deps.db.transaction().execute(async (tx) => {
    await lockSources(tx, of)
    await checkPipeline(tx, of.accountId, wish.pipelineId)
    await checkRoom(tx, of, wish.externalId)
    if (wish.isDefault) await clearDefault(tx, of)
    const { id: made } = await tx
      .insertInto('source')
      .values({
        account_id: of.accountId,
        channel_id: of.channelId,
        external_id: wish.externalId,
        name: wish.name,
        pipeline_id: wish.pipelineId as PipelineId | null,
        is_default: wish.isDefault,
        created_at: deps.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { externalId, name, pipelineId, isDefault } = wish
    await tell(tx, actor, {
      at: deps.clock.now(),
      action: 'source.made',
      target: { kind: 'source', id: made, name },
      details: { channelId, externalId, pipelineId, isDefault },
    })
    return made
  })
  deps.nudge(of.accountId)
  return getSource(deps.db, of.accountId, id)
}

/**
 * Changes what is given. The external id stays: chats go by it.
 * @throws {AppError} `not_found`; `invalid_request`: no such pipeline
 */
export async function changeSource(
  deps: SourceDeps,
  actor: Actor,
  id: SourceId,
  given: ChangeSourceRequest,
): Promise<Source> {
  const { accountId } = actor
  const source = await deps.db.transaction().execute(async (tx) => {
    const of = await lockSourcesAround(tx, accountId, id)
    const before = await getSource(tx, accountId, id)
    if (given.pipelineId !== undefined) await checkPipeline(tx, accountId, given.pipelineId)
    if (given.isDefault) await clearDefault(tx, of)
    const changes = {
      ...(given.name !== undefined && { name: given.name }),
      ...(given.pipelineId !== undefined && { pipeline_id: given.pipelineId as PipelineId | null }),
      ...(given.isDefault !== undefined && { is_default: given.isDefault }),
    }
    if (Object.keys(changes).length > 0) {
      await tx.updateTable('source').set(changes).where('account_id', '=', accountId).where('id', '=', id).execute()
      const after = await getSource(tx, accountId, id)
      const names = (['name', 'pipelineId', 'isDefault'] as const).filter((name) => before[name] !== after[name])
      await tell(tx, actor, {
        at: deps.clock.now(),
        action: 'source.changed',
        target: { kind: 'source', id, name: after.name },
        details: Object.fromEntries(names.map((name) => [name, { before: before[name], after: after[name] }])),
      })
      return after
    }
    return before
  })
  deps.nudge(accountId)
  return source
}

/**
 * Takes a line away. Chats that name it keep its name, and go by the default from now on where a pipeline is asked for. No other
 * line becomes the default.
 * @throws {AppError} `not_found`
 */
export async function deleteSource(deps: SourceDeps, actor: Actor, id: SourceId): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const deleted = await tx
      .updateTable('source')
      .set({ deleted_at: deps.clock.now(), is_default: false })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .returning('name')
      .executeTakeFirst()
    if (!deleted) throw new AppError('not_found', 'There is no such source in this account.')
    const target = { kind: 'source', id, name: deleted.name } as const
    await tell(tx, actor, { at: deps.clock.now(), action: 'source.deleted', target })
  })
  deps.nudge(accountId)
}

async function tell(tx: Tx, actor: Actor, entry: NewAuditEntry): Promise<void> {
  await appendAudit(tx, actor, entry)
  await appendEvents(tx, actor.accountId, [{ type: 'settings.changed', topic: 'sources', actorId: actor.userId }])
}

/** Two who add or make default at once come one after the other. */
async function lockSources(tx: Tx, of: ChannelOfAccount): Promise<void> {
  await checkConnection(tx, of)
  await tx
    .selectFrom('connection')
    .select('channel_id')
    .where('account_id', '=', of.accountId)
    .where('channel_id', '=', of.channelId)
    .forUpdate()
    .execute()
}

async function lockSourcesAround(tx: Tx, accountId: AccountId, id: SourceId): Promise<ChannelOfAccount> {
  const { channelId }: { channelId: ChannelId } = await getSource(tx, accountId, id)
  await lockSources(tx, { accountId, channelId })
  // Somebody may have deleted it meanwhile.
  await getSource(tx, accountId, id)
  return { accountId, channelId }
}

async function checkPipeline(tx: Tx, accountId: AccountId, id: number | null): Promise<void> {
  if (id === null) return
  const pipeline = await tx
    .selectFrom('pipeline')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id as PipelineId)
    .executeTakeFirst()
  if (!pipeline)
    throw new AppError('invalid_request', 'pipelineId: there is no such pipeline.', {
      details: { field: 'pipelineId' },
    })
}

async function checkRoom(tx: Tx, { accountId, channelId }: ChannelOfAccount, externalId: string): Promise<void> {
  const active = await tx
    .selectFrom('source')
    .select('external_id')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('deleted_at', 'is', null)
    .execute()
  if (active.some((source) => source.external_id === externalId))
    throw new AppError('conflict', 'externalId: another source of this channel has it.', {
      details: { field: 'externalId' },
    })
  if (active.length >= MOST_ACTIVE)
    throw new AppError('conflict', `A channel has at most ${MOST_ACTIVE} sources. Delete one first.`)
}

async function clearDefault(tx: Tx, { accountId, channelId }: ChannelOfAccount): Promise<void> {
  await tx
    .updateTable('source')
    .set({ is_default: false })
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('is_default', '=', true)
    .where('deleted_at', 'is', null)
    .execute()
}
