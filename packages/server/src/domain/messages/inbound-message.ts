import type {
  AccountId,
  AmojoId,
  ChannelId,
  ChatId,
  MessageId,
  MessageKind,
  ParticipantId,
  UserId,
} from '@parley/protocol/model'
import type { MediaSlot } from '../../db/schema.ts'
import type { Known } from '../chats/bind-ids.ts'
import type { MessageContent } from './message-content.ts'

/** The person in the messenger: who wrote a message, or whom it went to. What the channel did not say is undefined. */
export interface InboundClient {
  name: string | undefined
  avatarUrl: string | undefined
  phone: string | undefined
  email: string | undefined
  profileLink: string | undefined
}

/** Who wrote a message that a channel brings. */
export type InboundAuthor =
  | { kind: 'client' }
  | { kind: 'user'; id: AmojoId; userId: UserId }
  | { kind: 'bot'; id: string }

/** What a message links to and what is to be copied from there. */
export interface MessageLink {
  slot: MediaSlot
  /** Absolute, http or https. */
  url: string
}

/** A message as a channel brings it, in our words: a client's, or one that was sent to the client elsewhere. */
export interface InboundMessage {
  /** The integration's id. */
  msgid: string
  chat: Known<ChatId>
  client: Known<ParticipantId> & InboundClient
  author: InboundAuthor
  kind: MessageKind
  text: string
  content: MessageContent | null
  links: readonly MessageLink[]
  sentAt: Date
  /** Stored, and nothing else: no lead, no notification, nothing unread. */
  isSilent: boolean
  sourceExternalId: string | undefined
}

/** The connection it came through. */
export interface IngestScope {
  accountId: AccountId
  channelId: ChannelId
  channel: { maxFileBytes: number; leadOnOutgoing: boolean }
}

export interface StoredMessage {
  chatId: ChatId
  senderId: string
  receiverId: string | null
  messageId: MessageId
  /** The integration's id; empty while it has given none. */
  msgid: string
}

export interface Ingest {
  /** Stores a message and answers once it is committed; the same msgid again answers what was stored first. */
  receive(scope: IngestScope, inbound: InboundMessage): Promise<StoredMessage>
}
