import type { AccountId, ChatId, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

/** One event per chat of the lead, so that every inbox row follows; one without a chat when it has none. */
export function aboutEach<E>(chats: readonly ChatId[], event: (about: { chatId?: ChatId }) => E): E[] {
  return chats.length === 0 ? [event({})] : chats.map((chatId) => event({ chatId }))
}

/** The chats of these leads, each with its lead. */
export async function listChatsOf(
  tx: Tx,
  accountId: AccountId,
  leadIds: readonly LeadId[],
): Promise<{ lead_id: LeadId; chat_id: ChatId }[]> {
  if (leadIds.length === 0) return []
  return tx
    .selectFrom('talk')
    .select(['lead_id', 'chat_id'])
    .distinct()
    .where('account_id', '=', accountId)
    .where('lead_id', 'in', leadIds)
    .orderBy('lead_id')
    .orderBy('chat_id')
    .execute()
}
