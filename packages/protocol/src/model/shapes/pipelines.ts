import type { LossReasonId, PipelineId, StageId } from '../ids.ts'

export type StageKind = 'incoming' | 'open' | 'won' | 'lost'

export interface Stage {
  id: StageId
  name: string
  kind: StageKind
  /** Index into the eight hues of the design. */
  hue: number
}

/** What a stage may ask of a lead before it enters, besides custom fields (`field:` and the id). */
export const REQUIRED_FIELDS = ['price', 'responsible', 'phone', 'email', 'lossReason'] as const
export type RequiredField = (typeof REQUIRED_FIELDS)[number] | `field:${number}`

export interface PipelineStage extends Stage {
  /** A lead without these is not let in. */
  requiredFields: RequiredField[]
}

export interface Pipeline {
  id: PipelineId
  name: string
  isMain: boolean
  /** In board order: the incoming one first, won and lost last. */
  stages: PipelineStage[]
}

/** Why a lead was lost. */
export interface LossReason {
  id: LossReasonId
  name: string
}
