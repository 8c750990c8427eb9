import type { ChannelId, ChatId, ContactId, LeadId, MessageId, NoteId, NotificationId, TaskId, UserId } from '../ids.ts'
import type { ChannelDecision } from './channels.ts'
import type { Page } from './paging.ts'

export const NOTIFICATION_KINDS = [
  'incoming_lead',
  'new_message',
  'delivery_failed',
  /** Somebody named the user in a note. */
  'mention',
  /** The lead was given to the user. */
  'assigned',
  /** Somebody moved the lead to another stage. */
  'lead_stage',
  'task_assigned',
  'task_due',
  /** The endpoint of a channel does not take messages. */
  'channel_failing',
  /** The operator has decided about a channel that was registered. */
  'channel_decided',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

export interface Notification {
  id: NotificationId
  kind: NotificationKind
  chatId: ChatId | null
  leadId: LeadId | null
  messageId: MessageId | null
  noteId: NoteId | null
  taskId: TaskId | null
  channelId: ChannelId | null
  /** Of `channel_decided`: how. */
  decision: ChannelDecision | null
  /** Of a note about a contact. */
  contactId: ContactId | null
  /** Who did it, when that was a user. */
  actor: { id: UserId; name: string } | null
  /** It was made for this user: a mention, a task, a lead given to him. */
  isForMe: boolean
  /** Where: the client's name; the lead's title, when there is no chat; the channel's name. */
  title: string
  /** What: the first line of the message or the note, the task, the stage, the reason. */
  text: string
  at: number
  isRead: boolean
  /** Put off: it comes again then. */
  snoozedUntil: number | null
}

/** A count and the event it goes up to: a later `notification.created` adds one, an earlier one is in it already. */
export interface Unread {
  unread: number
  seq: number
}

export interface NotificationPage extends Page<Notification>, Unread {}

/** How somebody is told of a kind. What is not told in the app is not told at all. */
export interface NoticeWays {
  inApp: boolean
  sound: boolean
  /** On the desktop while the app is open, and by Web Push while it is not. */
  desktop: boolean
  email: boolean
}

/** Whose leads and chats: one's own and unassigned ones, those of one's group too, everybody's. What is addressed to the user comes in any case. */
export type NoticeScope = 'mine' | 'group' | 'all'
export const NOTICE_SCOPES = ['mine', 'group', 'all'] as const satisfies readonly NoticeScope[]

export const NOTICE_SOUNDS = ['chime', 'drop', 'knock'] as const
export type NoticeSound = (typeof NOTICE_SOUNDS)[number]

/** No sound, no desktop notification, no push, no mail. Minutes since midnight; `to` before `from` ends on the next day. */
export interface QuietHours {
  isOn: boolean
  from: number
  to: number
  /** The days they begin on: 1 is Monday, 7 Sunday. */
  days: number[]
}

export const DIGEST_MODES = ['off', 'hourly', 'daily'] as const
export type DigestMode = (typeof DIGEST_MODES)[number]

export interface NotificationSettings {
  kinds: Record<NotificationKind, NoticeWays>
  scope: NoticeScope
  quiet: QuietHours
  /** `at`: minutes since midnight, of the daily one. */
  digest: { mode: DigestMode; at: number }
  sound: NoticeSound
  /** Desktop notifications and pushes say only that something came. */
  hideText: boolean
  /** IANA name; null: the account's. */
  timeZone: string | null
}

/** What the settings screen shows. */
export interface NotificationSettingsAnswer {
  settings: NotificationSettings
  /** False: the operator of this server has not set up mail. */
  canMail: boolean
  /** The account's, for who has not chosen his own. */
  timeZone: string
}

/** A browser that gets pushes. */
export interface PushBrowser {
  id: number
  userAgent: string
  at: number
  /** The one that asks. */
  isThis: boolean
}

export interface PushState {
  /** For `PushManager.subscribe`: the server's VAPID key, base64url. */
  publicKey: string
  browsers: PushBrowser[]
}

/** What a push carries, for the service worker. */
export interface PushPayload {
  title: string
  text: string
  /** A path of ours to open. */
  url: string
  /** One of the same tag takes the place of the one before. */
  tag: string
  unread: number
  at: number
}
