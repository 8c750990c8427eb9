import { z } from 'zod'
import { type BodyOf, bodySchema } from './fields.ts'
import { person, sourceOf } from './new-message.ts'
import * as as from './readers.ts'

/** What `POST /v2/origin/custom/{scope_id}/chats` takes. */
export const createChatRequest = bodySchema((f) =>
  f.object({
    conversation_id: f.required(as.id),
    source: sourceOf(f),
    user: person(f),
    /** One official sample sends it. The path has said it already. */
    account_id: f.anything,
  }),
)

/** Phone and e-mail stand in it twice: pages differ on where they belong. */
export const createChatAnswer = z.object({
  /** The platform's id of the chat. */
  id: z.string(),
  user: z.object({
    id: z.string(),
    client_id: z.string().optional(),
    name: z.string(),
    /** Empty when there is none. */
    avatar: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
    profile: z.object({ phone: z.string().optional(), email: z.string().optional() }).optional(),
  }),
})

export type CreateChatRequest = BodyOf<typeof createChatRequest>
export type CreateChatAnswer = z.infer<typeof createChatAnswer>
