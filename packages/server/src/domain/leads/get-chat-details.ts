import type { AccountId, ChatDetails, ChatId } from '@parley/protocol/model'
import type { Runner } from '../../db/statement.ts'
import { getLastSeq } from '../../events/list-events.ts'
import { getChat } from '../chats/chat-queries.ts'
import { findLeads } from './lead-queries.ts'

/**
 * A chat with the lead it belongs to.
 * @throws {AppError} `not_found`: no such chat in this account
 */
export async function getChatDetails(pool: Runner, accountId: AccountId, id: ChatId): Promise<ChatDetails> {
  // Read first: what happens after it comes again through the stream.
  const seq = await getLastSeq(pool, accountId)
  const chat = await getChat(pool, accountId, id)
  const [lead = null] = chat.lead ? await findLeads(pool, accountId, [chat.lead.id]) : []
  return { chat, lead, seq }
}
