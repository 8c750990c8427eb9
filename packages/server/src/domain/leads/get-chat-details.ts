import type { AccountId, ChatDetails, ChatId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { getLastSeq } from '../../events/list-events.ts'
import { getChat } from '../chats/chat-queries.ts'
import { findLeads } from './lead-queries.ts'

/**
 * A chat with the lead it belongs to.
 * @throws {AppError} `not_found`: no such chat in this account
 */
export async function getChatDetails(db: Db, accountId: AccountId, id: ChatId): Promise<ChatDetails> {
  // Read first: what happens after it comes again through the stream.
  const seq = await getLastSeq(db, accountId)
  const chat = await getChat(db, accountId, id)
  const [lead = null] = chat.lead ? await findLeads(db, accountId, [chat.lead.id]) : []
  return { chat, lead, seq }
}
