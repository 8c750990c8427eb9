import { z } from 'zod'
import { CHANNEL_DECISIONS } from '../shapes/channels.ts'
import { findIconFault } from '../text/check-icon.ts'
import { line } from './fields.ts'

export const CHANNEL_EVENTS = ['messages', 'typing', 'reactions'] as const

const LONGEST_URL = 4096
const LONGEST_EMAIL = 255
const MOST_ACCOUNTS = 200
const MOST_REACTIONS = 500
const MOST_SECONDS = 31_536_000
const LARGEST_FILE = 2 ** 40
const LARGEST_ID = 2 ** 31 - 1
export const SCOPE_MARKER = ':scope_id'

/** Shown beside the channel's icon, and what its bot is called. */
const name = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100, 'must not be longer than 100 characters')
  .regex(/^[A-Za-z]/, 'must begin with a Latin letter')
  .regex(/^[A-Za-z0-9 ._-]+$/, 'may hold Latin letters, digits, spaces, ".", "_" and "-"')

/** As given: an address that was parsed and written again could lose its marker. */
const hookUrl = z
  .string()
  .max(LONGEST_URL, `must not be longer than ${LONGEST_URL} characters`)
  .refine(
    (url) => !/[\s\0]/.test(url) && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
    'must be an address that begins with http:// or https://',
  )
  .refine(
    (url) => url.includes(SCOPE_MARKER),
    'must hold :scope_id, which is replaced by the connection it is about, e.g. https://example.com/hooks/:scope_id',
  )

const errorEmail = z
  .string()
  .trim()
  .max(LONGEST_EMAIL, `must not be longer than ${LONGEST_EMAIL} characters`)
  .regex(/^[^\s\0@]+@[^\s\0@]+$/, 'is not an e-mail address')

const icon = z.string().superRefine((svg, context) => {
  const fault = findIconFault(svg)
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
})

const reaction = z
  .string()
  .regex(
    /^(?=\S{1,32}$)[^\p{L}]*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3)[^\p{L}]*$/u,
    'is not an emoji',
  )
const reactions = z.union(
  [z.literal('all'), z.array(reaction).max(MOST_REACTIONS, `must not be more than ${MOST_REACTIONS}`)],
  { error: 'must be all or a list of emoji' },
)

const fields = {
  name,
  /** Where hooks of version 2 go, and those of version 1 when there is no other address. */
  webhookUrl: hookUrl,
  webhookUrlV1: hookUrl.nullable(),
  events: z.array(z.enum(CHANNEL_EVENTS, 'must be messages, typing or reactions')).max(CHANNEL_EVENTS.length),
  /** Any account may connect it; else those in `accountIds`, and its owner's. */
  isPublic: z.boolean(),
  accountIds: z
    .array(z.int('must be a number of an account').positive('must be a number of an account').max(LARGEST_ID))
    .max(MOST_ACCOUNTS, `must not be more than ${MOST_ACCOUNTS}`),
  /** What is special about it, for people who choose a channel. */
  about: line(1000).nullable(),
  /** Who is written to when its endpoint fails. */
  errorEmail: errorEmail.nullable(),
  icon: icon.nullable(),
  writeFirst: z.boolean(),
  timeWindowSeconds: z
    .int('must be a whole number')
    .min(60, 'must be at least a minute')
    .max(MOST_SECONDS, 'must be at most a year')
    .nullable(),
  reactions,
  supportsReply: z.boolean(),
  supportsVoice: z.boolean(),
  savesFiles: z.boolean(),
  maxFileBytes: z
    .int('must be a whole number')
    .min(1024, 'must be at least 1 KB')
    .max(LARGEST_FILE, 'must be at most 1 TiB'),
  hookRetry: z.enum(['on', 'off'], 'must be on or off'),
  legacySignature: z.enum(['none', 'core', 'all'], 'must be none, core or all'),
}

/** What a channel is registered with: every field of the vendor's form. */
export const newChannelRequest = z.object({
  ...fields,
  webhookUrlV1: fields.webhookUrlV1.default(null),
  events: fields.events.default(['messages']),
  isPublic: fields.isPublic.default(false),
  accountIds: fields.accountIds.default([]),
  about: fields.about.default(null),
  errorEmail: fields.errorEmail.default(null),
  icon: fields.icon.default(null),
  writeFirst: fields.writeFirst.default(false),
  timeWindowSeconds: fields.timeWindowSeconds.default(null),
  reactions: fields.reactions.default('all'),
  supportsReply: fields.supportsReply.default(true),
  supportsVoice: fields.supportsVoice.default(true),
  savesFiles: fields.savesFiles.default(false),
  maxFileBytes: fields.maxFileBytes.default(50 * 1024 * 1024),
  hookRetry: fields.hookRetry.default('on'),
  legacySignature: fields.legacySignature.default('core'),
})

export const changeChannelRequest = z.object(fields).partial()

/** As far as the form is filled in: what is wrong in it is the answer, so anything is taken. */
export const checkChannelRequest = z.record(z.string(), z.unknown())

/** What the operator says about a registration. */
export const decideChannelRequest = z
  .object({
    decision: z.enum(CHANNEL_DECISIONS, 'must be approved, returned or refused'),
    /** Whoever asked reads it. */
    note: z.string().trim().min(1, 'must not be empty').max(2000, 'must not be longer than 2000 characters').optional(),
  })
  .refine(({ decision, note }) => decision === 'approved' || note !== undefined, {
    path: ['note'],
    error: 'say what is to be changed, or why not',
  })

/** Connects a channel to the account of whoever asks. */
export const connectChannelRequest = z.object({
  /** Absent: the channel's name, or what it was called before. */
  title: line(255).optional(),
  hookVersion: z.enum(['v1', 'v2'], 'must be v1 or v2').default('v2'),
})

export type NewChannelInput = z.input<typeof newChannelRequest>
export type NewChannelRequest = z.infer<typeof newChannelRequest>
export type ChangeChannelRequest = z.infer<typeof changeChannelRequest>
export type DecideChannelRequest = z.infer<typeof decideChannelRequest>
export type ConnectChannelRequest = z.infer<typeof connectChannelRequest>
