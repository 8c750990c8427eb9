import { z } from 'zod'
import { line, text } from './fields.ts'

/** A file that was uploaded before (`POST /files`), as part of a message. */
export const attachment = z.object({
  id: z.uuid(),
  name: line(255),
  /** What the client should see it as; absent: as its bytes say. */
  as: z.enum(['picture', 'video', 'audio', 'voice', 'file']).optional(),
  durationMs: z.int().min(0).max(86_400_000).optional(),
  /** Loudness over time, 0 to 100. */
  peaks: z.array(z.int().min(0).max(100)).max(64).optional(),
})

const button = z.object({
  text: line(255),
  url: z
    .url({ protocol: /^https?$/ })
    .max(4096)
    // What an URL may not hold is dropped in silence by those who parse it.
    .regex(/^[^\s\0\p{Surrogate}]*$/u, 'must not contain spaces or control characters')
    .optional(),
})

/** Rows of buttons under a message: all of them links, or none. */
export const buttons = z
  .array(z.array(button).min(1).max(25))
  .min(1)
  .max(25)
  .refine(
    (rows) => new Set(rows.flat().map(({ url }) => url === undefined)).size === 1,
    'one keyboard does not mix links and answers',
  )
  .refine((rows) => rows.flat().length <= 25, 'must not be more than 25')

export const usedTemplate = z.object({
  id: z.int().positive(),
  externalId: line(255).optional(),
  /** With its markers. */
  content: text,
  params: z.array(z.object({ key: line(255), value: text })).max(100),
})

export const sendMessageRequest = z
  .object({
    /** Made by the caller (UUID): the same id again is the same message, so a repeat after a lost answer is harmless. */
    id: z.uuid(),
    /** The caption, when there is a file. */
    text: text.default(''),
    file: attachment.optional(),
    /** The same for messages that are sent in one go (UUID). */
    mediaGroupId: z.uuid().optional(),
    /** A message of the chat. An answer to a comment becomes a comment. */
    replyToId: z.uuid().optional(),
    /** A message of any chat of the same channel. */
    forwardOfId: z.uuid().optional(),
    buttons: buttons.optional(),
    template: usedTemplate.optional(),
  })
  .refine(
    ({ text: given, file, forwardOfId }) => given.trim() !== '' || file !== undefined || forwardOfId !== undefined,
    {
      path: ['text'],
      error: 'must not be empty',
    },
  )
  .refine(
    ({ text: given, file, replyToId, template: used, forwardOfId }) =>
      forwardOfId === undefined ||
      (given.trim() === '' && file === undefined && replyToId === undefined && used === undefined),
    {
      path: ['forwardOfId'],
      error: 'is sent as it was: without a text, a file, a template or an answer of its own',
    },
  )

export const reactRequest = z.object({
  /** Null takes one's reaction back. */
  emoji: line(64).nullable(),
})

/** Somebody presses keys: said every few seconds while it lasts. */
export const typingNotice = z.object({
  /** A note is for colleagues: the channel hears nothing of it. */
  writing: z.enum(['reply', 'note']).default('reply'),
  /** False takes it back: what was begun is gone, or sent. */
  isTyping: z.boolean().default(true),
  /** The post under which a comment is being answered. */
  postId: line(255).optional(),
})

/** Somebody has a chat open: said every few seconds while it lasts, and when it ends. */
export const presenceNotice = z.object({
  /** Made by the caller; names one of its windows. */
  tab: line(64),
  isHere: z.boolean(),
})

/** Writing to somebody who has not written: on channels that allow it, to a phone number. */
export const startChatRequest = z.object({
  channelId: z.uuid(),
  phone: line(64),
  name: line(255).optional(),
  contactId: z.int().positive().optional(),
  sourceExternalId: line(40).optional(),
  message: sendMessageRequest,
})

export type SendMessageRequest = z.infer<typeof sendMessageRequest>
/** As a caller writes it: what has a default may be left out. */
export type SendMessageInput = z.input<typeof sendMessageRequest>
export type ReactRequest = z.infer<typeof reactRequest>
export type TypingNotice = z.input<typeof typingNotice>
export type PresenceNotice = z.infer<typeof presenceNotice>
export type StartChatRequest = z.infer<typeof startChatRequest>
export type StartChatInput = z.input<typeof startChatRequest>
