import { z } from 'zod'
import { AUDIT_ACTIONS } from '../shapes/audit.ts'

const time = z.coerce
  .number('use milliseconds since 1970')
  .int()
  .min(0)
  .max(8_640_000_000_000_000)
  .transform((ms) => new Date(ms))

/** `GET /audit?actions=session.opened,user.made&user=101&from=…&until=…` */
export const auditQuery = z.object({
  actions: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(AUDIT_ACTIONS, 'there is no such action')))
    .optional(),
  user: z.coerce.number('use the id of a user').int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  from: time.optional(),
  until: time.optional(),
})
