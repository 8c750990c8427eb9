import type { ChangeLeadRequest, PipelineId, StageId, StageKind, UserId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'

/** The fields of a lead that a change writes, as its row names them. */
export interface LeadValues {
  title: string
  price: number
  responsible_user_id: UserId | null
  pipeline_id: PipelineId
  stage_id: StageId
}

export interface StageTarget {
  pipeline_id: PipelineId
  id: StageId
  kind: StageKind
}

/**
 * What becomes different; what is asked for and is so already is left out.
 * @throws {AppError} `conflict`: an incoming lead is accepted before it moves
 */
export function planChange(
  lead: LeadValues & { is_incoming: boolean },
  patch: ChangeLeadRequest,
  target: StageTarget | undefined,
): Partial<LeadValues> {
  if (target && lead.is_incoming) throw new AppError('conflict', 'This lead is incoming: accept it first.')
  const wanted: Partial<LeadValues> = {
    ...(patch.title !== undefined && { title: patch.title }),
    ...(patch.price !== undefined && { price: patch.price }),
    ...(patch.responsibleUserId !== undefined && { responsible_user_id: patch.responsibleUserId as UserId | null }),
    ...(target && { pipeline_id: target.pipeline_id, stage_id: target.id }),
  }
  const changed = Object.entries(wanted).filter(([field, value]) => lead[field as keyof LeadValues] !== value)
  // Won and lost have the same number in every pipeline: who changes the pipeline changes the stage.
  const isMoved = changed.some(([field]) => field === 'pipeline_id')
  return { ...Object.fromEntries(changed), ...(isMoved && target && { stage_id: target.id }) }
}
