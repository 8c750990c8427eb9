import { z } from 'zod'
import {
  id,
  optionalFlag,
  optionalId,
  optionalName,
  optionalPhone,
  optionalSourceId,
  optionalTime,
  optionalUrl,
  text,
} from './fields.ts'

/** The person who wrote; of 2017 and of today, where `profile.phone` may be a number and what is unknown may be empty. */
const sender = z.object({
  /** Required, unless `ref_id` names somebody known. */
  id: optionalId,
  /** The platform's id. */
  ref_id: optionalId,
  name: optionalName,
  avatar: optionalUrl,
  profile: z.object({ phone: optionalPhone, email: optionalName }).nullish(),
  profile_link: optionalUrl,
})

/** Documented kinds that are understood and not taken yet; `image` is what `picture` was called in 2017. */
export const UNSUPPORTED_KINDS = [
  'picture',
  'image',
  'file',
  'video',
  'audio',
  'voice',
  'sticker',
  'location',
  'contact',
] as const

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text }),
  z.object({ type: z.enum(UNSUPPORTED_KINDS) }),
])

/** `payload` of a `new_message` event. */
const newMessage = z.object({
  /** Seconds since 1970. */
  timestamp: optionalTime,
  /** Milliseconds since 1970; puts messages of one second in order. */
  msec_timestamp: optionalTime,
  /** The integration's id of the message: the same msgid again is the same message. */
  msgid: id,
  conversation_id: id,
  /** The platform's id of the chat. */
  conversation_ref_id: optionalId,
  sender,
  /** Present in messages that were sent *to* the client elsewhere. What it holds is read once such messages are taken. */
  receiver: z.unknown().optional(),
  message,
  silent: optionalFlag,
  source: z.object({ external_id: optionalSourceId }).nullish(),
})

/** What `POST /v2/origin/custom/{scope_id}` takes. */
export const chatEvent = z.discriminatedUnion('event_type', [
  z.object({ event_type: z.literal('new_message'), payload: newMessage }),
  z.object({ event_type: z.literal('edit_message') }),
])

export type ChatEvent = z.infer<typeof chatEvent>
export type NewMessage = z.infer<typeof newMessage>

/** The answer to a message; before 2022 it had `msgid` and `ref_id` only. */
export const newMessageAnswer = z.object({
  new_message: z.object({
    conversation_id: z.string().optional(),
    sender_id: z.string().optional(),
    receiver_id: z.string().nullish(),
    /** The platform's id of the message. */
    msgid: z.string(),
    /** The integration's id of it. */
    ref_id: z.string(),
  }),
})

export type NewMessageAnswer = z.infer<typeof newMessageAnswer>
