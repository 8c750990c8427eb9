import type { ChatId, FileId, MessageId } from '../ids.ts'

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

/** An uploaded file in a draft or a template. */
export interface AttachedFile {
  file: UploadedFile
  as?: 'picture' | 'video' | 'audio' | 'voice' | 'file'
  durationMs?: number
  peaks?: number[]
}
