import type { AccountId, ChatId, LeadId, MessageId, ParticipantId, TalkId } from '@parley/protocol/model'
import type { InboundMessage, IngestScope } from '../messages/inbound-message.ts'

/** One message on its way into the database. */
export interface IngestItem {
  scope: IngestScope
  inbound: InboundMessage
  id: MessageId
  receivedAtMs: number
}

/** An item whose chat and client are known by our ids. */
export interface PlacedItem extends IngestItem {
  chatId: ChatId
  participantId: ParticipantId
}

/** A chat after its counters were moved. `lead` and `talk` are null when there is no open one. */
export interface ChatStateRow {
  account_id: AccountId
  chat_id: ChatId
  lead_id: LeadId | null
  talk_id: TalkId | null
  unread: number
}

export const isFromClient = ({ inbound }: IngestItem) => inbound.author.kind === 'client'
export const authorIdOf = ({ inbound: { author }, participantId }: PlacedItem) =>
  author.kind === 'client' ? participantId : author.id
export const receiverIdOf = (item: PlacedItem) => (isFromClient(item) ? null : item.participantId)

/** Thrown when the database does not know what the cache remembered: forget and try again. */
export class StaleCacheError extends Error {
  override readonly name = 'StaleCacheError'
}

export function compare(a: string, b: string): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
