import type { AccountId, ChannelId, DeliveryId, UserId } from '@parley/protocol/model'
import { z } from 'zod'
import type { ChannelSettings } from '../../domain/channels/channel-settings.ts'
import { AppError } from '../../lib/app-error.ts'
import { sayIssue } from '../../lib/say-issue.ts'

/** What a field must be; one that is not there says only that. */
const must = (rule: string) => ({
  error: (issue: { readonly input?: unknown }) => (issue.input === undefined ? 'is missing' : `must be ${rule}`),
})

const text = z.string(must('a text'))
const number = z.int(must('a whole number')).positive(must('a number above 0'))
const flag = z.boolean(must('true or false'))
const accountId = number.transform((id) => id as AccountId)
const userId = number.transform((id) => id as UserId)
const url = z.url({ protocol: /^https?$/, ...must('an address that begins with http:// or https://') })

export const newAccount = z.object({
  name: text,
  subdomain: text,
  owner_email: text,
  owner_password: text,
  owner_name: text.optional(),
})

export const newUser = z.object({
  account_id: accountId,
  email: text,
  password: text,
  name: text,
  role: z.enum(['admin', 'manager'], must('admin or manager')).default('manager'),
})

const list = must('a list')

const channelSettings = z.object({
  webhook_url: url.optional(),
  webhook_url_v1: url.optional(),
  events: z.array(z.enum(['messages', 'typing', 'reactions'], must('messages, typing or reactions')), list).optional(),
  error_email: text.optional(),
  is_public: flag.optional(),
  legacy_signature: z.enum(['none', 'core', 'all'], must('none, core or all')).optional(),
  hook_retry: z.enum(['on', 'off'], must('on or off')).optional(),
  write_first: flag.optional(),
  supports_reply: flag.optional(),
  supports_voice: flag.optional(),
  saves_files: flag.optional(),
  reactions: z.union([z.literal('all'), z.array(text, list)], must('all or a list of emoji')).optional(),
  time_window_seconds: number.max(31_536_000, must('at most a year')).nullable().optional(),
  max_file_size: number.max(2 ** 40, must('at most 1 TiB')).optional(),
  is_strict: flag.optional(),
  rate_limit: number.min(50, must('at least 50')).max(1_000_000, must('at most 1000000')).nullable().optional(),
  lead_on_outgoing: flag.optional(),
})

export const newChannel = channelSettings.extend({
  name: text,
  code: text,
  accounts: z.array(accountId, must('a list of account numbers')).optional(),
})

export const changedChannel = channelSettings

/** Our names for what a channel can be set to. */
export const toChannelSettings = (given: z.output<typeof channelSettings>): ChannelSettings =>
  compact({
    webhookUrl: given.webhook_url,
    webhookUrlV1: given.webhook_url_v1,
    events: given.events,
    errorEmail: given.error_email,
    isPublic: given.is_public,
    legacySignature: given.legacy_signature,
    hookRetry: given.hook_retry,
    writeFirst: given.write_first,
    supportsReply: given.supports_reply,
    supportsVoice: given.supports_voice,
    savesFiles: given.saves_files,
    reactions: given.reactions,
    timeWindowSeconds: given.time_window_seconds,
    maxFileBytes: given.max_file_size,
    isStrict: given.is_strict,
    rateLimit: given.rate_limit,
    leadOnOutgoing: given.lead_on_outgoing,
  })

export const operatorWish = z.object({ email: text, account_id: accountId.optional() })

export const newToken = z.object({
  account_id: accountId,
  user_id: userId.optional(),
  lifetime_days: number.max(36_500, must('at most 36500')).optional(),
})

const channelId = z.uuid(must('a channel id')).transform((id) => id.toLowerCase() as ChannelId)
const state = z.enum(['waiting', 'delivered', 'given_up'], must('waiting, delivered or given_up'))

/** Everything in a query is text. */
const digits = z
  .string()
  .regex(/^\d{1,9}$/, must('a number'))
  .transform(Number)

export const deliveryQuery = z.object({
  account: digits.pipe(accountId).optional(),
  channel: channelId.optional(),
  state: state.optional(),
  /** The id of the last delivery of the page before. */
  before: z
    .uuid(must('a delivery id'))
    .transform((id) => id.toLowerCase() as DeliveryId)
    .optional(),
  limit: digits.pipe(number.max(500, must('at most 500'))).default(50),
})

export const replayRequest = z.object({
  channel_id: channelId,
  since: z.iso
    .datetime({ offset: true, ...must('a time like 2026-03-03T10:15:30Z') })
    .transform((time) => new Date(time)),
  state: state.optional(),
})

/** @throws {AppError} `invalid_request`, naming every bad field, in words and in `details.fields` */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {}, { error: sayIssue })
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), reason: issue.message }))
  const message = fields
    .map(({ field, reason }) => (field === '' ? 'The body must be a JSON object' : `${field}: ${reason}`))
    .join('; ')
  throw new AppError('invalid_request', `${message}.`, { details: { fields } })
}

/** What a domain function's optional fields want: absent, not undefined. */
export function compact<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never
}
