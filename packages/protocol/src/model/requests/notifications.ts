import { z } from 'zod'

export const readNotificationsRequest = z.union([
  z.object({ ids: z.array(z.int().positive()).min(1).max(500) }),
  z.object({ all: z.literal(true) }),
])

export type ReadNotificationsRequest = z.infer<typeof readNotificationsRequest>
