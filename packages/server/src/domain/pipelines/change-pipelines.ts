import type {
  AccountId,
  ChangePipelineRequest,
  NewPipelineRequest,
  Pipeline,
  PipelineId,
  StageKind,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { insertPipeline, type NewStage, usualStages } from '../accounts/insert-pipeline.ts'
import { requireAdmin, type Viewer } from '../users/viewer.ts'
import { changingPipelines, moveTo, type PipelineDeps, pickPipeline } from './lock-pipelines.ts'
import { getPipeline } from './pipeline-queries.ts'

const MOST_PIPELINES = 50
const NUMBERED: readonly StageKind[] = ['won', 'lost']

/**
 * Adds a pipeline behind the others, with the stages of another one or the usual ones.
 * @throws {AppError} `forbidden`: only admins; `not_found`: the one to copy; `conflict`: there are too many
 */
export async function createPipeline(
  deps: PipelineDeps,
  viewer: Viewer,
  { name, copyOf }: NewPipelineRequest,
): Promise<Pipeline> {
  requireAdmin(viewer, 'add pipelines')
  const accountId = viewer.account.id
  return changingPipelines(deps, viewer, async (tx, pipelines) => {
    if (pipelines.length >= MOST_PIPELINES)
      throw new AppError('conflict', `An account has at most ${MOST_PIPELINES} pipelines. Delete one first.`)
    const stages =
      copyOf === undefined
        ? usualStages(viewer.account.language)
        : copyStages(pickPipeline(pipelines, copyOf as PipelineId))
    const id = await insertPipeline(tx, accountId, { name, stages, position: pipelines.length })
    return getPipeline(tx, accountId, id)
  })
}

const copyStages = ({ stages }: Pipeline): NewStage[] =>
  stages.map(({ id, name, kind, hue, requiredFields }) => ({
    name,
    kind,
    hue,
    required_fields: requiredFields,
    ...(NUMBERED.includes(kind) && { id }),
  }))

/**
 * Renames a pipeline, moves it among the others, or makes it the main one.
 * @throws {AppError} `forbidden`: only admins; `not_found`
 */
export async function changePipeline(
  deps: PipelineDeps,
  viewer: Viewer,
  id: PipelineId,
  { name, position, isMain }: ChangePipelineRequest,
): Promise<Pipeline> {
  requireAdmin(viewer, 'change pipelines')
  const accountId = viewer.account.id
  return changingPipelines(deps, viewer, async (tx, pipelines) => {
    pickPipeline(pipelines, id)
    if (name !== undefined) await update(tx, accountId, id, { name })
    if (isMain) {
      await tx
        .updateTable('pipeline')
        .set({ is_main: sql<boolean>`id = ${id}` })
        .where('account_id', '=', accountId)
        .execute()
    }
    const ids = pipelines.map((one) => one.id)
    if (position !== undefined)
      for (const [place, one] of moveTo(ids, id, position).entries())
        await update(tx, accountId, one, { position: place })
    return getPipeline(tx, accountId, id)
  })
}

async function update(
  tx: Tx,
  accountId: AccountId,
  id: PipelineId,
  values: { name?: string; position?: number },
): Promise<void> {
  await tx.updateTable('pipeline').set(values).where('account_id', '=', accountId).where('id', '=', id).execute()
}
