import type { AccountId, AmojoId, ChatId, MessageId, MessageKind, ParticipantId } from '@parley/protocol/model'
import type { HookVersion } from '../../db/schema.ts'
import type { MessageContent, StoredQuote } from '../messages/message-content.ts'

/** A message inside another as a hook tells it: whole, while what we keep of it is short. */
export interface QuotedMessage extends StoredQuote {
  /** Where the channel keeps its file, as long as we have no copy. */
  sourceUrl: string | null
}

/** What a manager says, with everything in it found and checked. */
export interface Draft {
  kind: MessageKind
  text: string
  content: MessageContent
  /** `content.replyTo` in full. */
  replyTo?: QuotedMessage
  /** `content.forwarded` in full; absent where the channel cannot be told. */
  forwarded?: QuotedMessage
}

/** What a hook says of a reply; who knows the wire makes the bytes of it. */
export interface Reply {
  account: { id: AccountId; amojoId: AmojoId }
  madeAt: Date
  sender: { id: string; name: string }
  receiver: { id: ParticipantId; clientId: string | null; name: string; phone: string | null; email: string | null }
  chat: { id: ChatId; clientId: string | null; sourceExternalId: string | null }
  message: Draft & { id: MessageId; sentAt: Date }
}

export type BuildHook = (asked: HookVersion, reply: Reply) => { hookVersion: HookVersion; body: string }

/**
 * The version that a hook can have: version 1 names people and chats by the integration's ids alone, so whom the
 * integration does not know yet can only be written to in version 2.
 */
export const possibleVersion = (
  asked: HookVersion,
  { receiver, chat }: { receiver: Pick<Reply['receiver'], 'clientId'>; chat: Pick<Reply['chat'], 'clientId'> },
): HookVersion => (asked === 'v1' && receiver.clientId !== null && chat.clientId !== null ? 'v1' : 'v2')
