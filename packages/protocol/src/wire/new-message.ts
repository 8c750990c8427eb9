import { z } from 'zod'
import { type BodyOf, bodySchema, type Fields, part } from './fields.ts'
import { contactFields, editedContent, locationFields, messageKind, newContent } from './message-content.ts'
import * as as from './readers.ts'

/** Somebody in a chat; of 2017 and of today, where `profile.phone` may be a number and what is unknown may be empty. */
export const person = (f: Fields) =>
  part(
    'Person',
    f.object({
      /** Required, unless `ref_id` names somebody known. */
      id: f.optional(as.id),
      /** The platform's id. */
      ref_id: f.optional(as.id),
      name: f.optional(as.name),
      avatar: f.optional(as.looseUrl),
      profile: f.optionalObject(f.object({ phone: f.optional(as.phone), email: f.optional(as.name) })),
      /** Stored, not shown. */
      profile_link: f.optional(as.looseUrl),
    }),
  )

/** The line behind a connection; absent when the integration does not tell. */
export const sourceOf = (f: Fields) => f.optionalObject(f.object({ external_id: f.optional(as.sourceId) }))

const times = (f: Fields) => ({
  /** Seconds since 1970. */
  timestamp: f.optional(as.time),
  /** Milliseconds since 1970; puts messages of one second in order. */
  msec_timestamp: f.expected(as.time),
})

/** A message inside another: by an id of it, or by what it holds. */
const embedded = (f: Fields) =>
  part(
    'QuotedMessage',
    f.object({
      /** The platform's id. */
      id: f.optional(as.id),
      /** The integration's id. */
      msgid: f.optional(as.id),
      type: messageKind(f),
      text: f.optional(as.text),
      media: f.optional(as.looseUrl),
      file_name: f.optional(as.name),
      file_size: f.optional(as.fileSize),
      media_duration: f.optional(as.seconds),
      location: f.optionalObject(locationFields(f)),
      contact: f.optionalObject(contactFields(f)),
      timestamp: f.optional(as.time),
      msec_timestamp: f.optional(as.time),
      sender: f.optionalObject(person(f)),
    }),
  )

const MOST_FORWARDED = 1

const forwards = (f: Fields) =>
  f.object({
    messages: z
      .array(embedded(f))
      .max(MOST_FORWARDED, `must not be more than ${MOST_FORWARDED}; send a message for each`),
    /** The chat they are from: the platform's id. */
    conversation_ref_id: f.optional(as.id),
    conversation_id: f.optional(as.id),
  })

const newMessage = (f: Fields) =>
  part(
    'NewMessage',
    f.object({
      ...times(f),
      /** The integration's id of the message: the same msgid again is the same message. */
      msgid: f.required(as.id),
      /** May be left out where `conversation_ref_id` is there. */
      conversation_id: f.optional(as.id),
      /** The platform's id of the chat. With both, the two are bound to each other. */
      conversation_ref_id: f.optional(as.id),
      sender: person(f),
      /** The client, in messages that were sent to the client elsewhere. */
      receiver: f.optionalObject(person(f)),
      message: newContent(f),
      silent: f.optionalFlag,
      source: sourceOf(f),
      reply_to: f.optionalObject(f.object({ message: f.optionalObject(embedded(f)) })),
      forwards: f.optionalObject(forwards(f)),
    }),
  )

const editMessage = (f: Fields) =>
  part(
    'EditMessage',
    f.object({
      ...times(f),
      /** One of the two is required. With both, `msgid` becomes the integration's id of the message. */
      id: f.optional(as.id),
      msgid: f.optional(as.id),
      conversation_id: f.optional(as.id),
      conversation_ref_id: f.optional(as.id),
      message: editedContent(f),
      // Documented as ignored.
      sender: f.anything,
      receiver: f.anything,
      silent: f.anything,
      source: f.anything,
      reply_to: f.anything,
      forwards: f.anything,
    }),
  )

/** What `POST /v2/origin/custom/{scope_id}` takes. */
export const chatEvent = bodySchema((f) =>
  z.discriminatedUnion('event_type', [
    f.object({ event_type: z.literal('new_message'), payload: newMessage(f) }),
    f.object({ event_type: z.literal('edit_message'), payload: editMessage(f) }),
  ]),
)

export type ChatEvent = BodyOf<typeof chatEvent>
export type NewMessage = Extract<ChatEvent, { event_type: 'new_message' }>['payload']
export type EditMessage = Extract<ChatEvent, { event_type: 'edit_message' }>['payload']
export type EmbeddedMessage = NonNullable<NonNullable<NewMessage['reply_to']>['message']>
export type WirePerson = NewMessage['sender']

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
