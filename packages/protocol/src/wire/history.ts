import { z } from 'zod'

/** Somebody in a chat; who is of the platform itself has `id` and `name` only. */
const person = z.object({
  id: z.string(),
  client_id: z.string().optional(),
  name: z.string().optional(),
  avatar: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
})

/** The answer of `GET /v2/origin/custom/{scope_id}/chats/{chat_id}/history`, newest first. There is none (204) when nothing is there. */
export const historyAnswer = z.object({
  messages: z.array(
    z.object({
      timestamp: z.number(),
      msec_timestamp: z.number(),
      sender: person,
      /** Absent for what a client wrote. */
      receiver: person.optional(),
      message: z.object({
        id: z.string(),
        /** Only if the integration gave one. */
        client_id: z.string().optional(),
        type: z.string(),
        text: z.string().optional(),
        media: z.string().optional(),
        thumbnail: z.string().optional(),
        file_name: z.string().optional(),
        file_size: z.number().optional(),
        media_group_id: z.string().optional(),
        location: z.object({ lon: z.number(), lat: z.number() }).optional(),
        contact: z.object({ name: z.string(), phone: z.string() }).optional(),
      }),
    }),
  ),
})

export type HistoryAnswer = z.infer<typeof historyAnswer>
