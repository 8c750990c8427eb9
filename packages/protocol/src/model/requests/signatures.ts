import { z } from 'zod'

/** The longest request that is looked at; the chats API itself takes more. */
export const MAX_PASTED_LENGTH = 65_536

const text = z.string().max(MAX_PASTED_LENGTH, `must not be longer than ${MAX_PASTED_LENGTH} characters`)

/** A request whose signature is to be explained: as it was pasted, in its parts, or as it was logged. */
export const signatureCheckRequest = z
  .object({
    /** A curl command, raw HTTP, or headers and a body. */
    pasted: text.min(1, 'must not be empty').optional(),
    parts: z
      .object({
        method: z.string().regex(/^[A-Za-z]{1,16}$/, 'must be a method like POST'),
        /** A path, or a whole address. */
        url: z.string().min(1, 'must not be empty').max(4096, 'must not be longer than 4096 characters'),
        /** One to a line. */
        headers: text,
        body: text,
      })
      .optional(),
    /** One that this channel made. */
    requestId: z.uuid('use the id of a request').optional(),
  })
  .refine(
    ({ pasted, parts, requestId }) => [pasted, parts, requestId].filter((one) => one !== undefined).length === 1,
    'must hold one of pasted, parts and requestId',
  )

export type SignatureCheckRequest = z.infer<typeof signatureCheckRequest>
