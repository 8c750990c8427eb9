import type { Insertable } from 'kysely'
import type { LegacySignature, Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'

export type ChannelEvent = 'messages' | 'typing' | 'reactions'

/** What a channel can be set to at registration and later (spec 01 §1.2). Absent: the default, or as it was. */
export interface ChannelSettings {
  /** Where v2 hooks go, and v1 ones when there is no other URL. `:scope_id` in it is replaced. */
  webhookUrl?: string
  webhookUrlV1?: string
  /** Which hooks it wants; absent: messages. */
  events?: readonly ChannelEvent[]
  /** Who is written to when its endpoint fails. */
  errorEmail?: string
  /** Any account may connect it. */
  isPublic?: boolean
  /** Where the body-only signature of 2017 is taken; absent: on the methods that had it. */
  legacySignature?: LegacySignature
  /** `off`: hooks are sent once, as the vendor does. */
  hookRetry?: 'on' | 'off'
  /** Managers may begin a conversation, with a phone number. */
  writeFirst?: boolean
  supportsReply?: boolean
  supportsVoice?: boolean
  /** The channel keeps files itself: its links stay good. */
  savesFiles?: boolean
  /** Any emoji, those listed, or (an empty list) none. Absent: any. */
  reactions?: 'all' | readonly string[]
  /** Seconds after the client's last message in which a manager may answer; null: no window. */
  timeWindowSeconds?: number | null
  maxFileBytes?: number
  /** Refuses what is repaired otherwise, for developers. */
  isStrict?: boolean
  /** Requests a second and scope; null: the installation's. */
  rateLimit?: number | null
  /** Whether a message sent elsewhere opens an incoming lead, too. Absent: it does. */
  leadOnOutgoing?: boolean
}

type SettingColumns = Omit<Partial<Insertable<Schema['channel']>>, 'id'>

const LONGEST_EMAIL = 255
const LONGEST_URL = 4096
const MOST_REACTIONS = 500
const EVENTS: readonly string[] = ['messages', 'typing', 'reactions'] satisfies ChannelEvent[]

/**
 * The columns of what was given.
 * @throws {AppError} `invalid_request` names the field
 */
export function settingColumns(given: ChannelSettings): SettingColumns {
  const columns: SettingColumns = {}
  if (given.webhookUrl !== undefined) columns.webhook_url_v2 = checkUrl(given.webhookUrl, 'webhookUrl')
  if (given.webhookUrlV1 !== undefined) columns.webhook_url_v1 = checkUrl(given.webhookUrlV1, 'webhookUrlV1')
  if (given.events !== undefined) columns.webhook_events = checkEvents(given.events)
  if (given.errorEmail !== undefined) columns.error_email = checkEmail(given.errorEmail)
  if (given.isPublic !== undefined) columns.is_public = given.isPublic
  if (given.legacySignature !== undefined) columns.legacy_signature = given.legacySignature
  if (given.hookRetry !== undefined) columns.hook_retry = given.hookRetry
  if (given.writeFirst !== undefined) columns.write_first = given.writeFirst
  if (given.supportsReply !== undefined) columns.supports_reply = given.supportsReply
  if (given.supportsVoice !== undefined) columns.supports_voice = given.supportsVoice
  if (given.savesFiles !== undefined) columns.saves_files = given.savesFiles
  if (given.reactions !== undefined) Object.assign(columns, reactionColumns(given.reactions))
  if (given.timeWindowSeconds !== undefined) columns.time_window_seconds = given.timeWindowSeconds
  if (given.maxFileBytes !== undefined) columns.max_file_size = given.maxFileBytes
  if (given.isStrict !== undefined) columns.is_strict = given.isStrict
  if (given.rateLimit !== undefined) columns.rate_limit = given.rateLimit
  if (given.leadOnOutgoing !== undefined) columns.lead_on_outgoing = given.leadOnOutgoing
  return columns
}

function reactionColumns(reactions: 'all' | readonly string[]): SettingColumns {
  if (reactions === 'all') return { reactions_all: true, reactions_list: [] }
  if (reactions.length > MOST_REACTIONS) throw refuse('reactions', `must not be more than ${MOST_REACTIONS}`)
  return { reactions_all: false, reactions_list: [...new Set(reactions)] }
}

/** Kept as given: an URL that was parsed and written again could lose its `:scope_id`. */
function checkUrl(url: string, field: string): string {
  if (url.length > LONGEST_URL) throw refuse(field, `must not be longer than ${LONGEST_URL} characters`)
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  // `new URL` drops line breaks and spaces in silence.
  if (!parsed || /[\s\0]/.test(url)) throw refuse(field, 'must be an absolute URL')
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    throw refuse(field, 'must begin with http:// or https://')
  return url
}

function checkEvents(events: readonly string[]): string[] {
  const unknown = events.find((event) => !EVENTS.includes(event))
  if (unknown !== undefined) throw refuse('events', `may hold ${EVENTS.join(', ')}; not ${JSON.stringify(unknown)}`)
  return [...new Set(events)]
}

function checkEmail(email: string): string {
  if (email.length > LONGEST_EMAIL || !/^[^\s\0@]+@[^\s\0@]+$/.test(email))
    throw refuse('errorEmail', 'is not an e-mail address')
  return email
}

export function refuse(field: string, reason: string): AppError {
  return new AppError('invalid_request', `${field}: ${reason}.`, { details: { field } })
}
