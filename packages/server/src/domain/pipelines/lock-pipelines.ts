import type { AccountId, Pipeline, PipelineId, PipelineStage, StageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { listPipelines } from './pipeline-queries.ts'

export type PipelineDeps = Pick<Deps, 'db' | 'nudge'>

/**
 * Changes pipelines or what hangs on them, one admin after the other, and tells every screen to read them again.
 * The change is given the pipelines as they are under the lock.
 */
export async function changingPipelines<Answer>(
  deps: PipelineDeps,
  { account, user }: Viewer,
  change: (tx: Tx, pipelines: Pipeline[]) => Promise<Answer>,
): Promise<Answer> {
  const answer = await deps.db.transaction().execute(async (tx) => {
    await tx
      .selectFrom('pipeline')
      .select('id')
      .where('account_id', '=', account.id)
      .orderBy('id')
      .forNoKeyUpdate()
      .execute()
    const changed = await change(tx, await listPipelines(tx, account.id))
    await appendEvents(tx, account.id, [{ type: 'settings.changed', topic: 'pipelines', actorId: user.id }])
    return changed
  })
  deps.nudge(account.id)
  return answer
}

/** @throws {AppError} `not_found` */
export function pickPipeline(pipelines: readonly Pipeline[], id: PipelineId): Pipeline {
  const pipeline = pipelines.find((one) => one.id === id)
  if (!pipeline) throw new AppError('not_found', 'There is no such pipeline in this account.')
  return pipeline
}

/** @throws {AppError} `not_found` */
export function pickStage({ stages, name }: Pipeline, id: StageId): PipelineStage {
  const stage = stages.find((one) => one.id === id)
  if (!stage) throw new AppError('not_found', `There is no such stage in ${name}.`)
  return stage
}

/** The ids with one of them taken out and put at a place. */
export function moveTo<Id>(ids: readonly Id[], id: Id, position: number): Id[] {
  const others = ids.filter((one) => one !== id)
  return [...others.slice(0, position), id, ...others.slice(position)]
}

/** Writes the order of a pipeline's stages. */
export async function writeStageOrder(
  tx: Tx,
  { accountId, pipelineId }: { accountId: AccountId; pipelineId: PipelineId },
  ids: readonly StageId[],
): Promise<void> {
  for (const [position, id] of ids.entries())
    await tx
      .updateTable('stage')
      .set({ position })
      .where('account_id', '=', accountId)
      .where('pipeline_id', '=', pipelineId)
      .where('id', '=', id)
      .where('position', '<>', position)
      .execute()
}
