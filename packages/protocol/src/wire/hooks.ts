import { z } from 'zod'

/** The platform's id, and the integration's if it gave one. */
const named = { id: z.string(), client_id: z.string().optional() }

const location = z.object({ lon: z.number(), lat: z.number() })
const contact = z.object({ name: z.string(), phone: z.string() })

/** Empty strings and 0 where there is no file. */
const fileFields = {
  media: z.string(),
  /** A smaller picture of it. */
  thumbnail: z.string(),
  file_name: z.string(),
  /** Bytes. */
  file_size: z.number(),
}

/** The flat hook of 2017. It has no id of the message, so nobody can report what became of it. */
export const messageHookV1 = z.object({
  /** The integration's id of the client. */
  receiver: z.string(),
  /** The integration's id of the conversation. */
  conversation_id: z.string(),
  msec_timestamp: z.number(),
  /** Every other kind goes as a file. */
  type: z.enum(['text', 'file', 'video', 'picture']),
  /** With the buttons of a template as lines. */
  text: z.string(),
  ...fileFields,
})

const quotedPerson = z.object({ id: z.string().optional(), name: z.string(), client_id: z.string().optional() })

/** A message that is answered to or forwarded: ids to find it by, and what it holds. */
const quotedMessage = z.object({
  /** The platform's id. */
  id: z.string().optional(),
  /** The integration's id. */
  msgid: z.string().optional(),
  type: z.string(),
  text: z.string(),
  ...fileFields,
  /** Seconds. */
  media_duration: z.number().optional(),
  location: location.optional(),
  contact: contact.optional(),
  timestamp: z.number().optional(),
  msec_timestamp: z.number().optional(),
  sender: quotedPerson,
  receiver: quotedPerson.optional(),
})

const hookContent = z.object({
  /** The platform's id of the message: what delivery statuses are reported by. The same id again is the same message. */
  id: z.string(),
  type: z.string(),
  text: z.string(),
  /** Buttons below the message, in rows. */
  markup: z
    .object({
      mode: z.literal('inline'),
      buttons: z.array(z.array(z.object({ text: z.string(), url: z.string().optional() }))),
    })
    .nullable(),
  /** Always empty. */
  tag: z.string(),
  ...fileFields,
  /** Seconds. */
  media_duration: z.number().optional(),
  /** The same for all files that were sent together. */
  media_group_id: z.string().optional(),
  location: location.optional(),
  contact: contact.optional(),
  /** The template that the text was made of, and what was put into it. */
  template: z
    .object({
      id: z.number(),
      external_id: z.string().optional(),
      content: z.string(),
      params: z.array(z.object({ key: z.string(), value: z.string() })),
    })
    .optional(),
  reply_to: z.object({ message: quotedMessage }).optional(),
  forwards: z
    .object({
      messages: z.array(quotedMessage),
      /** The chat that they are from. */
      conversation_ref_id: z.string().optional(),
    })
    .optional(),
  /** The post that is commented on. */
  post: z.object({ id: z.string() }).optional(),
})

/** What every hook but that of 2017 has around it. */
const envelope = {
  /** The account's chat id (`amojo_id`). */
  account_id: z.string(),
  /** Seconds since 1970. */
  time: z.number(),
}

export const messageHookV2 = z.object({
  ...envelope,
  message: z.object({
    /** The client. The name is told under a post only. */
    receiver: z.object({ ...named, name: z.string().optional(), phone: z.string(), email: z.string() }),
    /** Who answered. The name is told under a post only. */
    sender: z.object({ id: z.string(), name: z.string().optional() }),
    conversation: z.object(named),
    /** The line that the chat belongs to. */
    source: z.object({ external_id: z.string() }).optional(),
    timestamp: z.number(),
    msec_timestamp: z.number(),
    message: hookContent,
  }),
})

export const typingHook = z.object({
  ...envelope,
  action: z.object({
    typing: z.object({
      /** Who types. */
      user: z.object({ id: z.string() }),
      conversation: z.object(named),
      /** When to stop showing it: seconds since 1970. */
      expired_at: z.number(),
      /** The post that is commented on. */
      post_id: z.string().optional(),
    }),
  }),
})

export const reactionHook = z.object({
  ...envelope,
  action: z.object({
    reaction: z.object({
      /** The platform's id of the message. */
      msgid: z.string(),
      message: z.object({
        ...named,
        receiver: z.object(named).optional(),
        sender: z.object(named),
        timestamp: z.number(),
        msec_timestamp: z.number(),
      }),
      /** Who reacted. */
      user: z.object({ id: z.string() }),
      conversation: z.object(named),
      type: z.enum(['react', 'unreact']),
      /** Absent when it is taken away. */
      emoji: z.string().optional(),
    }),
  }),
})

export type MessageHookV1 = z.infer<typeof messageHookV1>
export type MessageHookV2 = z.infer<typeof messageHookV2>
export type TypingHook = z.infer<typeof typingHook>
export type ReactionHook = z.infer<typeof reactionHook>
