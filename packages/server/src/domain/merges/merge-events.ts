import type { AccountId, ChatId, ContactId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { NewEvent } from '../../events/append-events.ts'
import { contactEvents } from '../contacts/contact-events.ts'
import type { Moved } from './move-things.ts'

interface Told {
  accountId: AccountId
  userId: UserId
  /** Who has more or fewer things now. */
  contactIds: readonly ContactId[]
}

/** What tells every screen of things that went from one contact to another: contacts, leads, chats, tasks and notes. */
export async function mergeEvents(
  tx: Tx,
  { accountId, userId: actorId, contactIds }: Told,
  moved: Pick<Moved, 'chats' | 'leads' | 'tasks' | 'notes'>,
): Promise<NewEvent[]> {
  const told = await contactEvents(tx, accountId, contactIds, actorId)
  const leadIds = new Set(told.map(({ leadId }) => leadId))
  const chatIds = new Set(told.map(({ chatId }) => chatId))
  const leads = moved.leads.filter((id) => !leadIds.has(id))
  const chats = moved.chats.map(({ id }): ChatId => id).filter((id) => !chatIds.has(id))
  const notes = await notesAbout(tx, accountId, moved.notes)
  return [
    ...told,
    ...leads.map((leadId): NewEvent => ({ type: 'lead.updated', leadId, actorId })),
    ...chats.map((chatId): NewEvent => ({ type: 'chat.updated', chatId, actorId })),
    ...moved.tasks.map((taskId): NewEvent => ({ type: 'task.changed', taskId, actorId })),
    ...notes.map(
      ({ id, contact_id }): NewEvent => ({ type: 'note.changed', noteId: id, contactId: contact_id, actorId }),
    ),
  ]
}

/** Those that are about a contact and nothing nearer. */
async function notesAbout(tx: Tx, accountId: AccountId, ids: Moved['notes']) {
  if (ids.length === 0) return []
  return tx
    .selectFrom('note')
    .select(['id', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .where('chat_id', 'is', null)
    .where('lead_id', 'is', null)
    .execute()
}
