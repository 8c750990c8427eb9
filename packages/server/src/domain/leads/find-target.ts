import type { AccountId, LeadId, PipelineId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { refuse } from '../accounts/insert-user.ts'
import type { StageTarget } from './plan-change.ts'

interface Wish {
  pipelineId?: number | undefined
  stageId?: number | undefined
}

/**
 * The stage leads go to; undefined when nobody asks for one. Without a pipeline: of the one the first lead is in; without a
 * stage: the first open one.
 * Locks: the stage against being deleted, until the commit.
 * @throws {AppError} `invalid_request` names the field
 */
export async function findTarget(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId | undefined,
  { pipelineId, stageId }: Wish,
): Promise<StageTarget | undefined> {
  if (pipelineId === undefined && stageId === undefined) return undefined
  const stages = await tx
    .selectFrom('stage')
    .select(['pipeline_id', 'id', 'kind', 'name', 'required_fields'])
    .where('account_id', '=', accountId)
    .where('pipeline_id', '=', (pipelineId as PipelineId) ?? (await currentPipeline(tx, accountId, leadId)))
    .orderBy('position')
    .orderBy('id')
    .forKeyShare()
    .execute()
  if (stages.length === 0) throw refuse('pipelineId', 'this account has no such pipeline')
  const target = stages.find((stage) => (stageId === undefined ? stage.kind === 'open' : stage.id === stageId))
  if (!target) throw refuse('stageId', 'the pipeline has no such stage')
  if (target.kind === 'incoming') throw refuse('stageId', 'a lead cannot become an incoming one again')
  return target
}

async function currentPipeline(tx: Tx, accountId: AccountId, leadId: LeadId | undefined): Promise<PipelineId> {
  const lead = await tx
    .selectFrom('lead')
    .select('pipeline_id')
    .where('account_id', '=', accountId)
    .where('id', '=', leadId ?? (0 as LeadId))
    .executeTakeFirst()
  return lead?.pipeline_id ?? (0 as PipelineId)
}
