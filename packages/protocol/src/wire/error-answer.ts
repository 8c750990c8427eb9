import { z } from 'zod'

/** The names a refusal has (`error_type`), spec 01 §2.4. */
export const ERROR_TYPES = [
  'ORIGIN_INVALID_PAYLOAD',
  'ORIGIN_UNSUPPORTED',
  'ORIGIN_INVALID_SIGNATURE',
  'ORIGIN_FORBIDDEN',
  'ORIGIN_NOT_REGISTERED',
  'ORIGIN_MESSAGE_NOT_FOUND',
  'ORIGIN_CHAT_NOT_FOUND',
  'ORIGIN_BODY_TOO_LARGE',
  'ORIGIN_TOO_MANY_REQUESTS',
] as const
export type ErrorType = (typeof ERROR_TYPES)[number]

/** Every refusal of the chats API. */
export const errorAnswer = z.object({
  status: z.number(),
  /** Equals the HTTP status. */
  error_code: z.number(),
  error_type: z.string(),
  error_description: z.string(),
})
export type ErrorAnswer = z.infer<typeof errorAnswer>
