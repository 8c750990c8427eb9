import type { AccountId, ChannelId, ChatId, MessageId } from '@parley/protocol/model'

/** A client's message as a channel brings it, in our words. */
export interface InboundMessage {
  /** The integration's ids. */
  msgid: string
  chatClientId: string
  sender: {
    clientId: string
    name: string | undefined
    avatarUrl: string | undefined
    phone: string | undefined
    email: string | undefined
    profileLink: string | undefined
  }
  kind: 'text'
  text: string
  sentAt: Date
  isSilent: boolean
  sourceExternalId: string | undefined
}

export interface IngestScope {
  accountId: AccountId
  channelId: ChannelId
}

export interface StoredMessage {
  chatId: ChatId
  senderId: string
  receiverId: string | null
  messageId: MessageId
  /** The integration's id. */
  msgid: string
}

export interface Ingest {
  /** Stores a message and answers once it is committed; the same msgid again answers what was stored first. */
  receive(scope: IngestScope, inbound: InboundMessage): Promise<StoredMessage>
}
