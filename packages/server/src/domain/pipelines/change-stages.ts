import type {
  AccountId,
  ChangeStageRequest,
  NewStageRequest,
  Pipeline,
  PipelineId,
  StageId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { requireAdmin, type Viewer } from '../users/viewer.ts'
import {
  changingPipelines,
  moveTo,
  type PipelineDeps,
  pickPipeline,
  pickStage,
  writeStageOrder,
} from './lock-pipelines.ts'
import { getPipeline } from './pipeline-queries.ts'

const MOST_STAGES = 100

/** A stage and the pipeline it is in. */
export interface StageOf {
  pipelineId: PipelineId
  stageId: StageId
}

/**
 * Adds an open stage, last before won and lost unless told where.
 * Answers the whole pipeline.
 * @throws {AppError} `forbidden`: only admins; `not_found`; `conflict`: there are too many
 */
export async function createStage(
  deps: PipelineDeps,
  viewer: Viewer,
  pipelineId: PipelineId,
  { name, hue, position }: NewStageRequest,
): Promise<Pipeline> {
  requireAdmin(viewer, 'add stages')
  const accountId = viewer.account.id
  return changingPipelines(deps, viewer, async (tx, pipelines) => {
    const pipeline = pickPipeline(pipelines, pipelineId)
    if (pipeline.stages.length >= MOST_STAGES)
      throw new AppError('conflict', `A pipeline has at most ${MOST_STAGES} stages. Delete one first.`)
    const { id } = await tx
      .insertInto('stage')
      .values({ account_id: accountId, pipeline_id: pipelineId, name, hue, kind: 'open', position: 0 })
      .returning('id')
      .executeTakeFirstOrThrow()
    await order(tx, { accountId, pipeline }, id, position ?? MOST_STAGES)
    return getPipeline(tx, accountId, pipelineId)
  })
}

/**
 * Renames or recolours a stage, moves it among the open ones, says what it asks for.
 * Answers the whole pipeline.
 * @throws {AppError} `forbidden`: only admins; `not_found`; `invalid_request`: it has its fixed place, or lets everybody in
 */
export async function changeStage(
  deps: PipelineDeps,
  viewer: Viewer,
  { pipelineId, stageId }: StageOf,
  { name, hue, requiredFields, position }: ChangeStageRequest,
): Promise<Pipeline> {
  requireAdmin(viewer, 'change stages')
  const accountId = viewer.account.id
  return changingPipelines(deps, viewer, async (tx, pipelines) => {
    const pipeline = pickPipeline(pipelines, pipelineId)
    const { kind } = pickStage(pipeline, stageId)
    if (position !== undefined && kind !== 'open')
      throw refuse('position', 'the incoming stage is always first, won and lost are always last')
    if (requiredFields && requiredFields.length > 0 && kind === 'incoming')
      throw refuse('requiredFields', 'incoming leads come by themselves: this stage cannot ask for anything')
    const changes = {
      ...(name !== undefined && { name }),
      ...(hue !== undefined && { hue }),
      ...(requiredFields !== undefined && { required_fields: [...new Set(requiredFields)] }),
    }
    if (Object.keys(changes).length > 0)
      await tx
        .updateTable('stage')
        .set(changes)
        .where('account_id', '=', accountId)
        .where('pipeline_id', '=', pipelineId)
        .where('id', '=', stageId)
        .execute()
    if (position !== undefined) await order(tx, { accountId, pipeline }, stageId, position)
    return getPipeline(tx, accountId, pipelineId)
  })
}

/** Puts a stage at a place among the open ones. */
async function order(
  tx: Tx,
  { accountId, pipeline }: { accountId: AccountId; pipeline: Pipeline },
  stageId: StageId,
  position: number,
): Promise<void> {
  const idsOf = (...kinds: string[]) => pipeline.stages.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
  await writeStageOrder(tx, { accountId, pipelineId: pipeline.id }, [
    ...idsOf('incoming'),
    ...moveTo(idsOf('open'), stageId, position),
    ...idsOf('won'),
    ...idsOf('lost'),
  ])
}
