import type { AuthorKind, ChatId, FileId, MessageButton, MessageId, MessageKind } from '@parley/protocol/model'

/** What a message has beyond its text, as it stands in `message.content`. What it does not have is absent. */
export interface MessageContent {
  media?: StoredMedia
  mediaGroupId?: string
  location?: { lat: number; lon: number }
  contact?: { name: string; phone: string }
  stickerId?: string
  /** The row of a list that the client picked. */
  callbackData?: string
  sharedPost?: StoredPost
  /** Makes it a comment: see `chat_post`. */
  post?: StoredPost & { id: string }
  replyTo?: StoredQuote
  forwarded?: StoredQuote
  buttons?: MessageButton[][]
  template?: { id: number; externalId?: string; content: string; params: { key: string; value: string }[] }
}

export interface StoredMedia {
  state: 'waiting' | 'ready' | 'failed'
  /** Where the channel keeps it; null for what was uploaded here. */
  sourceUrl: string | null
  fileName: string
  sizeBytes: number | null
  durationMs: number | null
  peaks: number[] | null
  failure: string | null
  /** Our copy, as soon as it is there. */
  file: StoredFile | null
  /** Made from the copy, or given by the channel. */
  thumbnail: StoredFile | null
}

export interface StoredFile {
  id: FileId
  /** As the bytes say. */
  mediaType: string
  width: number | null
  height: number | null
}

export interface StoredPost {
  url: string
  caption: string
  author: string
  preview: StoredMedia | null
}

/** Characters of a quoted text that are kept with the message that quotes it. */
export const QUOTE_LENGTH = 300

/** As the quoted message was at that moment. */
export interface StoredQuote {
  messageId: MessageId | null
  chatId: ChatId | null
  /** Ids as the hook tells them; null when only the content is known. */
  msgid: string | null
  author: { id: string | null; clientId: string | null; name: string }
  receiver: { id: string | null; clientId: string | null; name: string } | null
  kind: MessageKind
  text: string
  sentAtMs: number | null
  fileName: string | null
  sizeBytes: number | null
  durationMs: number | null
  /** Our copy of its file. */
  fileId: FileId | null
  thumbnailId: FileId | null
  location?: { lat: number; lon: number }
  contact?: { name: string; phone: string }
}

/** One of `message.reactions`: at most one per author. */
export interface StoredReaction {
  emoji: string
  /** A participant's id, or a user's amojo id. */
  authorId: string
  authorKind: AuthorKind
  name: string
}
