import type { AccountId, ContactId, LeadId, TaskId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { type Conversation, chatIdsOf } from './lock-conversation.ts'
import type { LeadAuthor } from './write-history.ts'

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

/** What is to be done about a lead is to be done about the other one. Answers the tasks that went. */
export async function moveTasks(
  tx: Tx,
  accountId: AccountId,
  { from, to, only }: { from: LeadId; to: LeadId; only?: readonly TaskId[] },
): Promise<TaskId[]> {
  if (only?.length === 0) return []
  const moved = await tx
    .updateTable('task')
    .set({ lead_id: to })
    .where('account_id', '=', accountId)
    .where('lead_id', '=', from)
    .$if(only !== undefined, (query) => query.where('id', 'in', only ?? []))
    .returning('id')
    .execute()
  return moved.map(({ id }) => id)
}

export const tasksOf = ({ userId }: Pick<LeadAuthor, 'userId'>, taskIds: readonly TaskId[]): NewEvent[] =>
  taskIds.map((taskId) => ({ type: 'task.changed', taskId, actorId: userId }))
