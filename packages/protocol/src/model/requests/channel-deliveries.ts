import { z } from 'zod'

const time = z.coerce
  .number('use milliseconds since 1970')
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .transform((ms) => new Date(ms))

const state = z.enum(['waiting', 'delivered', 'given_up'])

/** `GET /channels/{id}/deliveries?state=given_up&chat=…&from=…&until=…&before=…&limit=50` */
export const channelDeliveryQuery = z.object({
  state: state.optional(),
  chat: z.uuid('use the id of a chat').optional(),
  from: time.optional(),
  until: time.optional(),
  before: z.uuid('use the id of a delivery').optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** `POST /channels/{id}/deliveries/replay` */
export const replayDeliveriesRequest = z.object({
  /** What was made then or later. */
  since: time,
  /** Absent: whatever came of them. */
  state: state.optional(),
})

/** `GET /channels/{id}/delivery-figures?period=hour` */
export const deliveryFiguresQuery = z.object({ period: z.enum(['hour', 'day', 'week']).default('hour') })
export type DeliveryPeriod = z.infer<typeof deliveryFiguresQuery>['period']
