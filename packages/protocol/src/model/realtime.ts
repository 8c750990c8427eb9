import type { ChannelId, ChatId, ContactId, LeadId, TaskId, UserId } from './ids.ts'
import type {
  AuthorKind,
  BulkJob,
  Chat,
  ContactRow,
  Draft,
  DraftKind,
  Lead,
  Message,
  Note,
  Notification,
  Task,
  Unread,
} from './shapes/index.ts'

/** One event per fact, `noun.past_verb`. */
export type EventType =
  | 'message.received'
  | 'message.sent'
  | 'message.status_changed'
  | 'message.edited'
  | 'message.reacted'
  /** Something it links to was copied, or could not be. */
  | 'message.updated'
  /** Its client's name or picture, its source, its ids. */
  | 'chat.updated'
  | 'chat.read'
  /** Somebody wants to come back to it. */
  | 'chat.marked_unread'
  | 'chat.closed'
  | 'chat.reopened'
  | 'chat.snoozed'
  /** Its rest is over, or somebody ended it. */
  | 'chat.woken'
  | 'lead.created'
  | 'lead.accepted'
  | 'lead.declined'
  /** It was somebody known: its chats are another lead's now, and it is gone. */
  | 'lead.linked'
  /** Its fields, stage, responsible user, tags. */
  | 'lead.updated'
  /** What was decided about it was taken back. */
  | 'lead.restored'
  | 'lead.deleted'
  /** Made, changed or restored. */
  | 'contact.updated'
  /** Also when it went into another one. */
  | 'contact.deleted'
  | 'note.added'
  /** Edited, or deleted. */
  | 'note.changed'
  /** Told to its author alone. */
  | 'draft.changed'
  /** Made, changed, done, reopened or deleted. */
  | 'task.changed'
  /** Its person was erased: it is gone with all its messages. */
  | 'chat.deleted'
  | 'notification.created'
  | 'notification.read'
  | 'connection.changed'
  /** Users, roles, pipelines, tags, templates …: `topic` says which; read that again. */
  | 'settings.changed'
  /** What somebody may see is different now: read everything again. The stream ends behind it. */
  | 'access.changed'
  /** Some of the user's sessions are over. The stream ends behind it; who is still logged in comes again. */
  | 'session.ended'

/**
 * One frame of `GET /realtime` (Server-Sent Events; the SSE `id` is `seq`).
 *
 * Shape:  `seq` is the account's event number, from 1, without gaps for what this user may see; a reader keeps the highest.
 *         What the event touched comes along as it is *now*: replace what you hold by id. Applying a frame twice is harmless.
 * Order:  by `seq`. `chat` may be left out when a later frame of the same write carries the same chat.
 * Resume: `Last-Event-ID` header or `?after=seq`. A frame of type `reset` says the gap is too old: read everything again.
 */
export interface RealtimeEvent {
  seq: number
  /** `hidden`: it happened to what this reader may not see, or no longer: drop what `hiddenChatId`, … name. */
  type: EventType | 'hidden'
  /** Who did it, when that was a user. */
  actorId?: UserId
  chat?: Chat
  message?: Message
  lead?: Lead
  note?: Note
  draft?: Draft
  /** A declined, deleted or linked lead is gone: this is its id. */
  removedLeadId?: LeadId
  hiddenChatId?: ChatId
  hiddenLeadId?: LeadId
  hiddenContactId?: ContactId
  hiddenTaskId?: TaskId
  contact?: ContactRow
  /** A contact that was deleted, or went into another one. */
  removedContactId?: ContactId
  task?: Task
  /** A task that was deleted. */
  removedTaskId?: TaskId
  /** A chat that was erased. */
  removedChatId?: ChatId
  /** `settings.changed`: what, e.g. `pipelines`. */
  topic?: string
  notification?: Notification
  /** `notification.read`: how many are left unread, and up to which event they were counted. */
  unreadNotifications?: Unread
}

export interface RealtimeReset {
  type: 'reset'
  /** The newest event number now. */
  seq: number
}

/**
 * Somebody is typing. Not an event: it has no number, is not kept and may be lost.
 * A message from the same author ends it, too.
 */
export interface RealtimeTyping {
  type: 'typing'
  chatId: ChatId
  author: { id: string; kind: AuthorKind; name: string }
  /** What a user writes; absent of a client. */
  writing?: DraftKind
  /** Milliseconds since 1970; 0: no longer. */
  until: number
}

/** A user has a chat open, or no longer. Not an event either. */
export interface RealtimePresence {
  type: 'presence'
  chatId: ChatId
  user: { id: UserId; name: string }
  /** Made by the screen: somebody may have a chat open twice. */
  tab: string
  /** Milliseconds since 1970; 0: no longer. */
  until: number
}

/** Lists of chats may have another number of rows now: whoever shows numbers reads them again. */
export interface RealtimeCounts {
  type: 'counts'
}

/** How far something done to many chats is; told to whom it belongs. */
export interface RealtimeBulk {
  type: 'bulk'
  job: BulkJob
}

/** A channel of the account's own was called, its hooks were tried, or it is tested: whoever looks at its console reads on. Told to admins. */
export interface RealtimeChannelTraffic {
  type: 'channel_traffic'
  channelId: ChannelId
  what: 'requests' | 'deliveries' | 'simulator' | 'test_run'
}

/** Another number of channels may wait for a decision now. Told to operators. */
export interface RealtimeRegistrations {
  type: 'registrations'
}

/** What the stream tells beside its events. */
export type RealtimeWhisper =
  | RealtimeTyping
  | RealtimePresence
  | RealtimeCounts
  | RealtimeBulk
  | RealtimeChannelTraffic
  | RealtimeRegistrations
