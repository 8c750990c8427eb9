import { z } from 'zod'

/** What the app API takes. The longest text a person can send in one message. */
export const MAX_TEXT_LENGTH = 20_000

const withoutNul = (text: string) => !text.includes('\0')

export const logInRequest = z.object({
  email: z.string().trim().min(1).max(255),
  password: z.string().min(1).max(1024),
  /** Only needed when the same e-mail and password open several accounts. */
  subdomain: z.string().max(63).optional(),
})

export const sendTextRequest = z.object({
  /** Made by the caller (UUID): the same id again is the same message, so a repeat after a lost answer is harmless. */
  id: z.uuid(),
  text: z
    .string()
    .refine((text) => text.trim() !== '', 'must not be empty')
    .refine((text) => text.length <= MAX_TEXT_LENGTH, `must not be longer than ${MAX_TEXT_LENGTH} characters`)
    .refine(withoutNul, 'must not contain the character U+0000'),
})

export const acceptLeadRequest = z.object({
  pipelineId: z.int().positive().optional(),
  stageId: z.int().positive().optional(),
})

export const readNotificationsRequest = z.union([
  z.object({ ids: z.array(z.int().positive()).min(1).max(500) }),
  z.object({ all: z.literal(true) }),
])

export type LogInRequest = z.infer<typeof logInRequest>
export type SendTextRequest = z.infer<typeof sendTextRequest>
export type AcceptLeadRequest = z.infer<typeof acceptLeadRequest>
export type ReadNotificationsRequest = z.infer<typeof readNotificationsRequest>
