import {
  type ChangeLeadRequest,
  type LossReasonId,
  type PipelineId,
  STAGE_LOST,
  type StageId,
  type StageKind,
  type UserId,
} from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'

/** The fields of a lead that a change writes, as its row names them. */
export interface LeadValues {
  title: string
  price: number
  responsible_user_id: UserId | null
  pipeline_id: PipelineId
  stage_id: StageId
  loss_reason_id: LossReasonId | null
}

export interface StageTarget {
  pipeline_id: PipelineId
  id: StageId
  kind: StageKind
  name: string
  required_fields: string[]
}

/**
 * What becomes different; what is asked for and is so already is left out.
 * @throws {AppError} `conflict`: an incoming lead is accepted before it moves; `invalid_request`: a reason for what is not lost
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
    ...planReason(lead, patch, target),
  }
  const changed = Object.entries(wanted).filter(([field, value]) => lead[field as keyof LeadValues] !== value)
  // Won and lost have the same number in every pipeline: who changes the pipeline changes the stage.
  const isMoved = changed.some(([field]) => field === 'pipeline_id')
  return { ...Object.fromEntries(changed), ...(isMoved && target && { stage_id: target.id }) }
}

/** What is not lost any more was lost for no reason. */
function planReason(
  lead: LeadValues,
  { lossReasonId }: ChangeLeadRequest,
  target: StageTarget | undefined,
): Pick<LeadValues, 'loss_reason_id'> | undefined {
  const isLost = (target?.id ?? lead.stage_id) === STAGE_LOST
  if (!isLost && lossReasonId) throw refuse('lossReasonId', 'only what is lost has a reason for it')
  if (!isLost) return { loss_reason_id: null }
  return lossReasonId === undefined ? undefined : { loss_reason_id: lossReasonId as LossReasonId | null }
}
