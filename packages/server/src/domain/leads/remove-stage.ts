import type { AccountId, LeadId, MoveLeadsTo, Pipeline, PipelineId, StageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import type { Deps } from '../deps.ts'
import type { StageOf } from '../pipelines/change-stages.ts'
import { changingPipelines, pickPipeline, pickStage } from '../pipelines/lock-pipelines.ts'
import { listPipelines } from '../pipelines/pipeline-queries.ts'
import { requireAdmin, type Viewer } from '../users/viewer.ts'
import { aboutEach, listChatsOf } from './about-each.ts'
import { topRank } from './place-lead.ts'
import type { LeadAuthor } from './write-history.ts'

type RemovalDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/** Leads moved in one transaction. */
const CHUNK = 500
/** How long a message that is being stored may still bring a lead to a pipeline that is gone. */
const LATE_TRIES = 50

/**
 * Deletes an open stage once its leads, as many as there are, have gone to another one.
 * @throws {AppError} `forbidden`: only admins; `not_found`; `conflict`: nobody said where its leads go (`details.leads`), or a
 *   pipeline needs it; `invalid_request`: they cannot go there
 */
export async function removeStage(deps: RemovalDeps, viewer: Viewer, from: StageOf, to: MoveLeadsTo): Promise<void> {
  requireAdmin(viewer, 'delete stages')
  const accountId = viewer.account.id
  const pipelines = await listPipelines(deps.db, accountId)
  const pipeline = pickPipeline(pipelines, from.pipelineId)
  const stage = pickStage(pipeline, from.stageId)
  if (stage.kind !== 'open') throw new AppError('conflict', `${stage.name} is part of every pipeline.`)
  if (pipeline.stages.filter(({ kind }) => kind === 'open').length === 1)
    throw new AppError('conflict', `${stage.name} is the last open stage of ${pipeline.name}: a pipeline needs one.`)
  const route = await plan(deps, accountId, pipelines, to, [from])
  await moveAll(deps, viewer, route)
  await changingPipelines(deps, viewer, async (tx, now) => {
    const current = pickPipeline(now, from.pipelineId)
    if (current.stages.filter(({ kind }) => kind === 'open').length === 1)
      throw new AppError('conflict', 'Another stage was deleted meanwhile: a pipeline needs an open one.')
    await tx
      .deleteFrom('stage')
      .where('account_id', '=', accountId)
      .where('pipeline_id', '=', from.pipelineId)
      .where('id', '=', from.stageId)
      .execute()
    await moveDeleted(tx, accountId, route)
  })
  // What moved in before the stage was locked.
  await moveAll(deps, viewer, route)
}

/**
 * Deletes a pipeline once its leads have gone elsewhere: incoming ones to the other's incoming stage, won and lost ones to won and
 * lost, the rest to the stage that was named, else the first open one. Sources that led into it lead there.
 * @throws {AppError} `forbidden`: only admins; `not_found`; `conflict`: it is the main one, or nobody said where its leads go
 */
export async function removePipeline(
  deps: RemovalDeps,
  viewer: Viewer,
  pipelineId: PipelineId,
  to: MoveLeadsTo,
): Promise<void> {
  requireAdmin(viewer, 'delete pipelines')
  const accountId = viewer.account.id
  const pipelines = await listPipelines(deps.db, accountId)
  const pipeline = pickPipeline(pipelines, pipelineId)
  if (pipeline.isMain)
    throw new AppError('conflict', `${pipeline.name} is the main pipeline. Make another one the main one first.`)
  const from = pipeline.stages.map((stage) => ({ pipelineId, stageId: stage.id }))
  const others = pipelines.filter(({ id }) => id !== pipelineId)
  const route = await plan(deps, accountId, others, to, from, pipeline)
  await moveAll(deps, viewer, route)
  const xid = await changingPipelines(deps, viewer, async (tx, now) => {
    if (pickPipeline(now, pipelineId).isMain)
      throw new AppError('conflict', `${pipeline.name} was made the main pipeline meanwhile.`)
    await tx.deleteFrom('pipeline').where('account_id', '=', accountId).where('id', '=', pipelineId).execute()
    await tx
      .updateTable('source')
      .set({ pipeline_id: route.toPipelineId })
      .where('account_id', '=', accountId)
      .where('pipeline_id', '=', pipelineId)
      .execute()
    await moveDeleted(tx, accountId, route)
    return currentTransaction(tx)
  })
  await untilNothingIsOlder(deps, xid)
  await moveAll(deps, viewer, route)
}

interface Route {
  steps: { from: StageOf; toStageId: StageId }[]
  /** Null: there is nothing to move, and nobody said where it would go. */
  toPipelineId: PipelineId | null
}

async function plan(
  deps: RemovalDeps,
  accountId: AccountId,
  pipelines: readonly Pipeline[],
  to: MoveLeadsTo,
  from: readonly StageOf[],
  gone?: Pipeline,
): Promise<Route> {
  const pipelineId = (to.toPipelineId ?? (gone ? undefined : from[0]?.pipelineId)) as PipelineId | undefined
  if (to.toStageId === undefined && to.toPipelineId === undefined) {
    const leads = await countLeads(deps, accountId, from)
    if (leads > 0) throw new AppError('conflict', 'Say where its leads go.', { details: { leads } })
  }
  const target = pipelines.find(({ id, isMain }) => (pipelineId === undefined ? isMain : id === pipelineId))
  if (!target) throw refuse('toPipelineId', 'this account has no such pipeline')
  const isGone = (id: StageId) => from.some((one) => one.pipelineId === target.id && one.stageId === id)
  const rest = target.stages.find(({ id, kind }) =>
    to.toStageId === undefined ? kind === 'open' && !isGone(id) : id === to.toStageId,
  )
  if (!rest || isGone(rest.id) || rest.kind === 'incoming')
    throw refuse('toStageId', 'the pipeline has no such stage that these leads could go to')
  const kindOf = (id: StageId) => gone?.stages.find((stage) => stage.id === id)?.kind
  const ofKind = (kind: string | undefined) => target.stages.find((stage) => stage.kind === kind && kind !== 'open')
  return {
    toPipelineId: target.id,
    steps: from.map((one) => ({ from: one, toStageId: (ofKind(kindOf(one.stageId)) ?? rest).id })),
  }
}

/** As far as they are counted, and 1 at least when there is one. */
async function countLeads(deps: RemovalDeps, accountId: AccountId, from: readonly StageOf[]): Promise<number> {
  const pipelines = [...new Set(from.map((one) => one.pipelineId))]
  const stages = from.map((one) => one.stageId)
  const { rows } = await sql<{ leads: number }>`
    select greatest(
      (select coalesce(sum(leads), 0)::int from lead_count
       where account_id = ${accountId} and pipeline_id = any (${pipelines}) and stage_id = any (${stages})),
      (select count(*)::int from (select 1 from lead where account_id = ${accountId} and deleted_at is null
        and pipeline_id = any (${pipelines}) and stage_id = any (${stages}) limit 1) one)) as leads`.execute(deps.db)
  return rows[0]?.leads ?? 0
}

async function moveAll(deps: RemovalDeps, { account, user }: Viewer, { steps, toPipelineId }: Route): Promise<void> {
  for (const { from, toStageId } of steps) {
    for (let moved = CHUNK; moved === CHUNK; ) {
      const author = { accountId: account.id, userId: user.id, now: deps.clock.now() }
      moved = await deps.db
        .transaction()
        .execute((tx) => moveChunk(tx, author, from, { pipelineId: toPipelineId as PipelineId, stageId: toStageId }))
      if (moved > 0) deps.nudge(account.id)
    }
  }
}

/** Locks: the leads, in id order. They keep their order. */
async function moveChunk(tx: Tx, author: LeadAuthor, from: StageOf, to: StageOf): Promise<number> {
  const { accountId, userId, now } = author
  const { rows } = await sql<{ id: LeadId }>`
    with picked as materialized (
      select id from lead
      where account_id = ${accountId} and pipeline_id = ${from.pipelineId} and stage_id = ${from.stageId}
        and deleted_at is null
      order by id limit ${CHUNK} for update)
    update lead l set pipeline_id = ${to.pipelineId}, stage_id = ${to.stageId}, stage_since = ${now}, updated_at = ${now}
    from picked where l.account_id = ${accountId} and l.id = picked.id
    returning l.id`.execute(tx)
  const ids = rows.map((row) => row.id).sort((a, b) => a - b)
  if (ids.length === 0) return 0
  await sql`insert into lead_change (account_id, lead_id, field, before, after, actor_user_id, changed_at)
    select ${accountId}, k.id, f.field, f.before, f.after, ${userId}, ${now}
    from unnest(${ids}::bigint[]) as k (id), (values
      ('pipeline_id', to_jsonb(${from.pipelineId}::bigint), to_jsonb(${to.pipelineId}::bigint)),
      ('stage_id', to_jsonb(${from.stageId}::bigint), to_jsonb(${to.stageId}::bigint))) as f (field, before, after)
    where f.before <> f.after`.execute(tx)
  const chats = await listChatsOf(tx, accountId, ids)
  const events = ids.flatMap((leadId) =>
    aboutEach(
      chats.filter((row) => row.lead_id === leadId).map((row) => row.chat_id),
      (about): NewEvent => ({ type: 'lead.updated', leadId, actorId: userId, ...about }),
    ),
  )
  await appendEvents(tx, accountId, events)
  return ids.length
}

/** A deletion that is taken back finds a place, too. */
async function moveDeleted(tx: Tx, accountId: AccountId, { steps, toPipelineId }: Route): Promise<void> {
  for (const { from, toStageId } of steps)
    await tx
      .updateTable('lead')
      .set({ pipeline_id: toPipelineId as PipelineId, stage_id: toStageId, rank: topRank })
      .where('account_id', '=', accountId)
      .where('pipeline_id', '=', from.pipelineId)
      .where('stage_id', '=', from.stageId)
      .where('deleted_at', 'is not', null)
      .execute()
}

async function currentTransaction(tx: Tx): Promise<string> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(tx)
  return rows[0]?.xid ?? '0'
}

/**
 * A client's message that was being stored while the pipeline went may have read that it was there. Such transactions last
 * milliseconds; once all have ended that began before ours, what they brought can be seen.
 */
async function untilNothingIsOlder({ db }: RemovalDeps, xid: string): Promise<void> {
  for (let tries = 0; tries < LATE_TRIES; tries += 1) {
    const { rows } = await sql<{ done: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) > ${xid}::xid8 as done`.execute(db)
    if (rows[0]?.done) return
    await sql`select pg_sleep(0.02)`.execute(db)
  }
}
