import { z } from 'zod'

const time = z.coerce
  .number('use milliseconds since 1970')
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .transform((ms) => new Date(ms))

/** `GET /channels/{id}/requests?only=errors&method=POST&status=4&q=…&from=…&until=…&before=…&limit=50` */
export const channelRequestQuery = z.object({
  only: z.enum(['errors']).optional(),
  method: z.enum(['GET', 'POST', 'DELETE', 'PATCH', 'PUT']).optional(),
  /** The first digit of the status. */
  status: z.coerce.number('use the first digit of a status').int().min(2).max(5).optional(),
  /** In the path, the bodies, or the request id. */
  q: z.string().trim().max(200).optional(),
  from: time.optional(),
  until: time.optional(),
  before: z.uuid('use the id of a request').optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ChannelRequestQuery = z.infer<typeof channelRequestQuery>
