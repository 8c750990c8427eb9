import { z } from 'zod'
import { accountId, optionalFlag, optionalName } from './fields.ts'

/** What `POST /v2/origin/custom/{channel_id}/connect` takes. Integrations of 2017 send `account_id` alone. */
export const connectRequest = z.object({
  account_id: accountId,
  title: optionalName,
  /** `v1` when absent. */
  hook_api_version: z
    .enum(['v1', 'v2', ''])
    .nullish()
    .transform((version) => version || undefined),
  is_time_window_disabled: optionalFlag,
})

/** What `DELETE /v2/origin/custom/{channel_id}/disconnect` takes. */
export const disconnectRequest = z.object({ account_id: accountId })

/** The 2017 answer had the first two fields only. */
export const connectAnswer = z.object({
  account_id: z.string(),
  /** Stands in the path of every further call. */
  scope_id: z.string(),
  title: z.string().optional(),
  hook_api_version: z.enum(['v1', 'v2']).optional(),
  is_time_window_disabled: z.boolean().optional(),
})

export type ConnectRequest = z.infer<typeof connectRequest>
export type DisconnectRequest = z.infer<typeof disconnectRequest>
export type ConnectAnswer = z.infer<typeof connectAnswer>
