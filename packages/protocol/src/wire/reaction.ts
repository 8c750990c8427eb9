import { type BodyOf, bodySchema } from './fields.ts'
import * as as from './readers.ts'
import { type Read, Refusal, reader } from './readers.ts'

const MAX_EMOJI_UNITS = 64

/** Emoji of several code points (families, flags) are long; a sentence is no emoji. */
const emoji: Read<string> = reader(
  () => ({ type: 'string', maxLength: MAX_EMOJI_UNITS }),
  (input, isStrict) => {
    const text = as.name(input, isStrict)
    if (typeof text !== 'string') return text
    if (text.trim() === '') return new Refusal('is empty')
    // What half of a surrogate pair was turned into.
    if (text.includes('\uFFFD')) return new Refusal('is no emoji')
    return text.length <= MAX_EMOJI_UNITS ? text : new Refusal('must be one emoji')
  },
)

/** What `POST /v2/origin/custom/{scope_id}/react` takes. */
export const reactionRequest = bodySchema((f) =>
  f.object({
    /** One of the two names the chat. */
    conversation_id: f.optional(as.id),
    conversation_ref_id: f.optional(as.id),
    /** One of the two names the message, or its id stands in the path. */
    msgid: f.optional(as.id),
    id: f.optional(as.id),
    user: f.object({
      id: f.expected(as.id),
      /** When acting for a manager: the platform's id. */
      ref_id: f.optional(as.id),
    }),
    type: f.required(as.word(['react', 'unreact'])),
    /** Needed with `react`. */
    emoji: f.optional(emoji),
  }),
)

export type ReactionRequest = BodyOf<typeof reactionRequest>
