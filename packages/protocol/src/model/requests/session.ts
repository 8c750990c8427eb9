import { z } from 'zod'

export const logInRequest = z.object({
  email: z.string().trim().min(1).max(255),
  password: z.string().min(1).max(1024),
  /** Only needed when the same e-mail and password open several accounts. */
  subdomain: z.string().max(63).optional(),
})

export type LogInRequest = z.infer<typeof logInRequest>
