import { z } from 'zod'
import { type BodyOf, bodySchema } from './fields.ts'
import * as as from './readers.ts'

/** What `POST /v2/origin/custom/{channel_id}/connect` takes. Integrations of 2017 send `account_id` alone. */
export const connectRequest = bodySchema((f) =>
  f.object({
    account_id: f.required(as.accountId),
    title: f.optional(as.name),
    /** `v1` when absent. */
    hook_api_version: f.optional(as.word(['v1', 'v2'])),
    is_time_window_disabled: f.optionalFlag,
  }),
)

/** What `DELETE /v2/origin/custom/{channel_id}/disconnect` takes. */
export const disconnectRequest = bodySchema((f) => f.object({ account_id: f.required(as.accountId) }))

/** The 2017 answer had the first two fields only. */
export const connectAnswer = z.object({
  account_id: z.string(),
  /** Stands in the path of every further call. */
  scope_id: z.string(),
  title: z.string().optional(),
  hook_api_version: z.enum(['v1', 'v2']).optional(),
  is_time_window_disabled: z.boolean().optional(),
})

export type ConnectRequest = BodyOf<typeof connectRequest>
export type DisconnectRequest = BodyOf<typeof disconnectRequest>
export type ConnectAnswer = z.infer<typeof connectAnswer>
