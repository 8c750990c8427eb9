import { z } from 'zod'

export const acceptLeadRequest = z.object({
  pipelineId: z.int().positive().optional(),
  stageId: z.int().positive().optional(),
})

export type AcceptLeadRequest = z.infer<typeof acceptLeadRequest>
