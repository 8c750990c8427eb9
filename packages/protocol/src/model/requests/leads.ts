import { z } from 'zod'
import { line } from './fields.ts'

export const acceptLeadRequest = z.object({
  pipelineId: z.int().positive().optional(),
  stageId: z.int().positive().optional(),
})

/** What is left out stays as it is. */
export const changeLeadRequest = z
  .object({
    title: line(255).optional(),
    /** In the account's currency, whole units. */
    price: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    /** Null: nobody. */
    responsibleUserId: z.int().positive().nullable().optional(),
    /** Without a stage: the pipeline's first open one. */
    pipelineId: z.int().positive().optional(),
    stageId: z.int().positive().optional(),
    addTagIds: z.array(z.int().positive()).max(100).optional(),
    removeTagIds: z.array(z.int().positive()).max(100).optional(),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), 'says nothing that should change')

export type ChangeLeadRequest = z.infer<typeof changeLeadRequest>
export type AcceptLeadRequest = z.infer<typeof acceptLeadRequest>
