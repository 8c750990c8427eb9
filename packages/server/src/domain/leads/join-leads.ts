import type { AccountId, ContactId, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { type Conversation, chatIdsOf } from './lock-conversation.ts'

/** Whom the conversation of a lead goes to. */
export interface Home {
  leadId: LeadId
  contactId: ContactId
}

/**
 * Gives a lead's chats, talks and people to another lead and its contact: the next chat of the same people joins it, too.
 * All of it is locked already.
 */
export async function moveConversation(tx: Tx, accountId: AccountId, from: Conversation, to: Home): Promise<void> {
  const chats = chatIdsOf(from)
  if (chats.length > 0)
    await tx
      .updateTable('chat_state')
      .set({ lead_id: to.leadId, contact_id: to.contactId })
      .where('account_id', '=', accountId)
      .where('chat_id', 'in', chats)
      .execute()
  await tx
    .updateTable('talk')
    .set({ lead_id: to.leadId, contact_id: to.contactId })
    .where('account_id', '=', accountId)
    .where('lead_id', '=', from.lead.id)
    .execute()
  const people = from.participants.map(({ id }) => id)
  if (people.length > 0)
    await tx
      .updateTable('participant')
      .set({ contact_id: to.contactId })
      .where('account_id', '=', accountId)
      .where('id', 'in', people)
      .execute()
}
