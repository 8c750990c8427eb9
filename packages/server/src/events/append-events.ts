import type {
  AccountId,
  ChatId,
  ContactId,
  EventType,
  LeadId,
  MessageId,
  NoteId,
  NotificationId,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../db/open-database.ts'

/** A fact about an account; the rows it names say the rest. */
export interface NewEvent {
  type: EventType
  chatId?: ChatId | null | undefined
  messageId?: MessageId | null | undefined
  leadId?: LeadId | null | undefined
  notificationId?: NotificationId | null | undefined
  contactId?: ContactId | null | undefined
  taskId?: TaskId | null | undefined
  noteId?: NoteId | null | undefined
  /** Of `settings.changed`: what, e.g. `pipelines`. */
  topic?: string | undefined
  /** Who did it. */
  actorId?: UserId | null | undefined
  /** When only this user may hear of it. */
  userId?: UserId | null | undefined
}

/**
 * Writes events in the same transaction as the change they tell of: both are kept or neither is.
 *
 * Order:  numbered in the order given; within an account in commit order, without gaps.
 * Locks:  the account's counter row until the commit. Lock everything else (chat_state rows, in id order) before.
 * After the commit the caller must call `deps.nudge(accountId)`.
 */
export async function appendEvents(tx: Tx, accountId: AccountId, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const { last_seq: last } = await tx
    .updateTable('account_seq')
    .set((eb) => ({ last_seq: eb('last_seq', '+', events.length) }))
    .where('account_id', '=', accountId)
    .returning('last_seq')
    .executeTakeFirstOrThrow()
  const first = last - events.length + 1
  const rows = events.map((event, index) => ({
    account_id: accountId,
    seq: first + index,
    type: event.type,
    chat_id: event.chatId ?? null,
    message_id: event.messageId ?? null,
    lead_id: event.leadId ?? null,
    notification_id: event.notificationId ?? null,
    user_id: event.userId ?? null,
    contact_id: event.contactId ?? null,
    task_id: event.taskId ?? null,
    note_id: event.noteId ?? null,
    topic: event.topic ?? null,
    actor_user_id: event.actorId ?? null,
  }))
  await tx.insertInto('event').values(rows).execute()
}
