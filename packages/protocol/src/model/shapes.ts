import type {
  AccountId,
  AmojoId,
  ChannelId,
  ChatId,
  ContactId,
  LeadId,
  MessageId,
  NotificationId,
  ParticipantId,
  PipelineId,
  StageId,
  UserId,
} from './ids.ts'

/**
 * The shapes of the app API (`/api/app/v1`) and of the realtime stream: what a screen or a program reads.
 * Times are milliseconds since 1970. Text is plain text, never markup.
 */

export type Role = 'admin' | 'manager'

export interface User {
  id: UserId
  amojoId: AmojoId
  name: string
  email: string
  role: Role
}

export interface Account {
  id: AccountId
  name: string
  subdomain: string
  amojoId: AmojoId
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
}

/** Who is logged in, and where. */
export interface Me {
  user: User
  account: Account
}

export type MessageKind = 'text' | 'picture' | 'file' | 'video' | 'audio' | 'voice' | 'sticker' | 'location' | 'contact'
export type Direction = 'in' | 'out'
export type AuthorKind = 'client' | 'user' | 'bot'

/**
 * How far a message got. `received`: came from the client. An outgoing one is `queued` (stored, its hook on the way),
 * `sent` (the channel took it), `delivered` and `read` (the channel said so), or `failed` (given up, or the channel said so).
 * A screen adds `sending` for what the server has not answered yet.
 */
export type MessageStatus = 'received' | 'queued' | 'sent' | 'delivered' | 'read' | 'failed'

export interface Message {
  id: MessageId
  chatId: ChatId
  direction: Direction
  author: { id: string; kind: AuthorKind; name: string }
  kind: MessageKind
  text: string
  /** The sender's clock; screens order by (`sentAt`, `id`). */
  sentAt: number
  /** Our clock. */
  receivedAt: number
  status: MessageStatus
  /** Why it has not arrived. `nextTryAt` is null when nothing will be tried unless somebody asks. */
  failure: { reason: string; nextTryAt: number | null } | null
}

export interface ChatChannel {
  id: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  /** The connection's title in this account. */
  title: string
  /** False after a disconnect: the chat can be read, not answered. */
  isConnected: boolean
}

/** One row of the inbox. */
export interface Chat {
  id: ChatId
  client: { id: ParticipantId; name: string; avatarUrl: string | null; phone: string | null; email: string | null }
  channel: ChatChannel
  /** The source's external id, e.g. a phone number or a page. */
  source: string | null
  /** Client messages nobody has read yet. */
  unread: number
  lastMessage: Pick<Message, 'id' | 'direction' | 'author' | 'kind' | 'text' | 'sentAt' | 'status'> | null
  /** What the inbox is ordered by, newest first (then by id). */
  activityAt: number
  /** When the oldest unanswered client message came; null when everything is answered. */
  waitingSince: number | null
  lead: { id: LeadId; title: string; isIncoming: boolean } | null
  responsible: { id: UserId; name: string } | null
}

/** Shape: at most `limit` items; `next` names the following page, null on the last. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** A first page comes with the number of the last event it has seen: open the stream from there and nothing is missed. */
export interface ChatPage extends Page<Chat> {
  seq: number
}

export interface ChatDetails {
  chat: Chat
  lead: Lead | null
  seq: number
}

export interface Contact {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
}

export type StageKind = 'incoming' | 'open' | 'won' | 'lost'

export interface Stage {
  id: StageId
  name: string
  kind: StageKind
  /** Index into the eight hues of the design. */
  hue: number
}

export interface Pipeline {
  id: PipelineId
  name: string
  isMain: boolean
  /** In board order. */
  stages: Stage[]
}

export interface Lead {
  id: LeadId
  title: string
  /** In the account's currency, whole units; 0 when not set. */
  price: number
  pipeline: { id: PipelineId; name: string }
  stage: Stage
  /** True while nobody has accepted or declined it. */
  isIncoming: boolean
  responsible: { id: UserId; name: string } | null
  contact: Contact | null
  /** Where it came from, e.g. the channel's title and the source within it. */
  source: { channelTitle: string; channelCode: string; externalId: string | null } | null
  createdAt: number
  /** When it entered the present stage. */
  stageSince: number
}

export type NotificationKind = 'incoming_lead' | 'new_message' | 'delivery_failed'

export interface Notification {
  id: NotificationId
  kind: NotificationKind
  chatId: ChatId | null
  leadId: LeadId | null
  /** Who: the client's name. */
  title: string
  /** What: the first line of the message, or the reason. */
  text: string
  at: number
  isRead: boolean
}

/** A count and the event it goes up to: a later `notification.created` adds one, an earlier one is in it already. */
export interface Unread {
  unread: number
  seq: number
}

export interface NotificationPage extends Page<Notification>, Unread {}

/** Every refusal of the app API and the admin API. */
export interface ApiError {
  error: { code: string; message: string; requestId?: string; details?: Record<string, unknown> }
}
