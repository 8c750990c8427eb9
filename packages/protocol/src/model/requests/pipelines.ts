import { z } from 'zod'
import { REQUIRED_FIELDS, type RequiredField } from '../shapes/pipelines.ts'
import { line } from './fields.ts'

const hue = z.int().min(0).max(7)
/** From 0; beyond the end: the last. */
const position = z.int().min(0).max(1000)
const whatIsRequired = `must be one of ${REQUIRED_FIELDS.join(', ')}, or field: and the id of a custom field`
const requiredField = z
  .string(whatIsRequired)
  .regex(new RegExp(`^(${REQUIRED_FIELDS.join('|')}|field:[1-9]\\d{0,15})$`), whatIsRequired)
  .transform((name) => name as RequiredField)

export const newPipelineRequest = z.object({
  name: line(100),
  /** Whose stages it begins with; absent: the usual ones. */
  copyOf: z.int().positive().optional(),
})

export const changePipelineRequest = z.object({
  name: line(100).optional(),
  position: position.optional(),
  /** There is always one; another becomes it by being told so. */
  isMain: z.literal(true).optional(),
})

export const newStageRequest = z.object({
  name: line(100),
  hue: hue.default(0),
  /** Among the open stages. */
  position: position.optional(),
})

export const changeStageRequest = z.object({
  name: line(100).optional(),
  hue: hue.optional(),
  requiredFields: z.array(requiredField).max(50).optional(),
  /** Among the open stages; the incoming one stays first, won and lost last. */
  position: position.optional(),
})

/** Where the leads of what is deleted go. */
export const moveLeadsTo = z.object({
  toPipelineId: z.coerce.number().int().positive().optional(),
  toStageId: z.coerce.number().int().positive().optional(),
})

export const newLossReasonRequest = z.object({ name: line(100) })
export const changeLossReasonRequest = z.object({ name: line(100).optional(), position: position.optional() })

export type NewPipelineRequest = z.infer<typeof newPipelineRequest>
export type ChangePipelineRequest = z.infer<typeof changePipelineRequest>
export type NewStageRequest = z.infer<typeof newStageRequest>
export type ChangeStageRequest = z.infer<typeof changeStageRequest>
export type MoveLeadsTo = z.infer<typeof moveLeadsTo>
export type ChangeLossReasonRequest = z.infer<typeof changeLossReasonRequest>
