import { type BodyOf, bodySchema } from './fields.ts'
import * as as from './readers.ts'
import { type Read, Refusal, reader } from './readers.ts'

const wholeNumber: Read<number> = reader(
  () => ({ type: 'integer' }),
  (input) => (typeof input === 'number' && Number.isInteger(input) ? input : new Refusal('must be an integer')),
)

/** What `POST /v2/origin/custom/{scope_id}/typing` takes. */
export const typingRequest = bodySchema((f) =>
  f.object({
    conversation_id: f.required(as.id),
    sender: f.object({ id: f.required(as.id) }),
    /** How long to show it, milliseconds; the server keeps it within sensible bounds. */
    duration_ms: f.optional(wholeNumber),
  }),
)

export type TypingRequest = BodyOf<typeof typingRequest>
