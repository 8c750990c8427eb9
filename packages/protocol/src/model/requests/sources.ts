import { z } from 'zod'
import { line } from './fields.ts'

export const newSourceRequest = z.object({
  externalId: z.string().regex(/^[ -~]{1,40}$/, 'must be 1 to 40 printable ASCII characters'),
  name: line(255),
  pipelineId: z.int().positive().nullable().default(null),
  isDefault: z.boolean().default(false),
})

export const changeSourceRequest = z.object({
  name: line(255).optional(),
  pipelineId: z.int().positive().nullable().optional(),
  isDefault: z.boolean().optional(),
})

export type NewSourceRequest = z.infer<typeof newSourceRequest>
export type ChangeSourceRequest = z.infer<typeof changeSourceRequest>
