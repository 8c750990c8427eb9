import type {
  AccountId,
  AmojoId,
  ChannelId,
  ChatId,
  ContactId,
  FileId,
  LeadId,
  MessageId,
  NotificationId,
  ParticipantId,
  PipelineId,
  SourceId,
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

/** A file that belongs to a message, or a picture that belongs to a link in it. */
export interface Media {
  /** `waiting`: being copied from where the channel keeps it. `failed`: could not be copied; ask for another try. */
  state: 'waiting' | 'ready' | 'failed'
  /** Path on this server, for whoever knows it, without log-in; null until ready. */
  url: string | null
  fileName: string
  /** What the sender claims until the file is here. */
  sizeBytes: number | null
  /** As the bytes say, e.g. `image/png`; null until ready. */
  mediaType: string | null
  /** Pixels, for pictures. */
  width: number | null
  height: number | null
  /** Of audio and video, as far as somebody said. */
  durationMs: number | null
  thumbnail: { url: string; width: number; height: number } | null
  /** Loudness over time, 0 to 100, of a voice message recorded here. */
  peaks: number[] | null
  /** Why it is not here, in words for people. */
  failure: string | null
}

/** A message inside another: what is answered to, or what was forwarded. */
export interface Quote {
  /** Null when only its content is known; else a message of this account (a reply's: of the same chat). */
  messageId: MessageId | null
  chatId: ChatId | null
  author: string
  kind: MessageKind
  /** The first line or so; empty for what has no text. */
  text: string
  sentAt: number | null
}

/** A public post that a comment stands under, or that a client shared. */
export interface Post {
  /** The integration's id; null for a shared one. */
  id: string | null
  url: string
  caption: string
  author: string
  preview: Media | null
}

export interface Reaction {
  emoji: string
  author: { id: string; kind: AuthorKind; name: string }
}

export interface MessageButton {
  text: string
  /** Absent: pressing it sends its text. */
  url?: string
}

/** What a message was before an edit. */
export interface EarlierText {
  kind: MessageKind
  text: string
  replacedAt: number
}

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
  // What most messages do not have is absent, not null.
  /** Of pictures, files, video, audio, voice and stickers. */
  media?: Media
  /** Names the messages that were sent in one go. */
  mediaGroupId?: string
  location?: { lat: number; lon: number }
  contact?: { name: string; phone: string }
  replyTo?: Quote
  forwarded?: Quote
  /** A post the client shared. */
  sharedPost?: Post
  /** Makes the message a comment under this post. */
  post?: Post
  buttons?: MessageButton[][]
  reactions?: Reaction[]
  editedAt?: number
}

export interface ChatChannel {
  id: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  /** The connection's title in this account. */
  title: string
  /** False after a disconnect: the chat can be read, not answered. */
  isConnected: boolean
  can: ChannelAbilities
}

/** What a channel has declared it can do. */
export interface ChannelAbilities {
  /** Any emoji, those listed, or none at all. */
  reactions: 'all' | string[]
  quotes: boolean
  voice: boolean
  maxFileBytes: number
}

/** What a row of the inbox says of its last message. */
export interface LastMessage
  extends Pick<Message, 'id' | 'direction' | 'author' | 'kind' | 'text' | 'sentAt' | 'status'> {
  /** Of its file, as far as they are known. */
  fileName?: string
  durationMs?: number
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
  lastMessage: LastMessage | null
  /** What the inbox is ordered by, newest first (then by id). */
  activityAt: number
  /** When the oldest unanswered client message came; null when everything is answered. */
  waitingSince: number | null
  /** Until when the messenger lets somebody answer freely; null when it does not care, or nothing came yet. */
  windowExpiresAt: number | null
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

/** How the endpoint behind a connection fares. */
export interface ConnectionHealth {
  /** `failing`: it has not taken a hook for ten minutes. `switched_off`: nothing is sent; what comes waits and is not lost. */
  state: 'ok' | 'failing' | 'switched_off'
  /** Failing, or switched off, since then; null when ok. */
  since: number | null
  /** Why the last try failed, in words for people. */
  lastFailure: string | null
  /** Hooks that have not arrived yet, those on their way included. */
  waiting: number
}

/** One channel in this account. */
export interface Connection {
  channelId: ChannelId
  /** The symbolic code, e.g. `amo.ext.harbor`. */
  code: string
  title: string
  isConnected: boolean
  /** It serves other accounts, too: the operator switches it, not an admin. */
  isPublic: boolean
  /** People of the account may begin a conversation on it, with a phone number. */
  canWriteFirst: boolean
  health: ConnectionHealth
}

/** A line behind a connection: a number, a page. */
export interface Source {
  id: SourceId
  channelId: ChannelId
  /** How the channel names it. */
  externalId: string
  name: string
  /** Where its incoming leads go; null: the main pipeline. */
  pipelineId: PipelineId | null
  isDefault: boolean
}

/** A file as it was uploaded, ready to be sent. */
export interface UploadedFile {
  id: FileId
  url: string
  fileName: string
  sizeBytes: number
  mediaType: string
  width: number | null
  height: number | null
  thumbnail: { url: string; width: number; height: number } | null
}
