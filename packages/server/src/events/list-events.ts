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
import { type Runner, run, statementsOf } from '../db/statement.ts'

const statement = statementsOf('events')

const selectEvents = statement(
  'after',
  `select seq, type, chat_id, message_id, lead_id, notification_id, user_id, contact_id, task_id, note_id, topic,
     actor_user_id, created_at
   from event
   where account_id = $1 and seq > $2 order by seq limit $3`,
)

const selectLastSeq = statement('last_seq', 'select last_seq from account_seq where account_id = $1')

export interface StoredEvent {
  seq: number
  type: EventType
  chat_id: ChatId | null
  message_id: MessageId | null
  lead_id: LeadId | null
  notification_id: NotificationId | null
  /** Set when only this user may hear of it. */
  user_id: UserId | null
  contact_id: ContactId | null
  task_id: TaskId | null
  note_id: NoteId | null
  topic: string | null
  actor_user_id: UserId | null
  created_at: Date
}

/**
 * Lists an account's events after a cursor.
 *
 * Shape:  at most `limit` events; fewer means there are no more yet.
 * Units:  `after` is a seq (per account, from 1, no gaps), not a time.
 * Order:  by seq, which is commit order within one account; across accounts there is none.
 * Errors: none; a cursor ahead of the account answers [].
 */
export async function listEvents(
  pool: Runner,
  accountId: AccountId,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  return run<StoredEvent>(pool, selectEvents, [accountId, after, limit])
}

/** The number of the account's newest event; 0 before the first. */
export async function getLastSeq(pool: Runner, accountId: AccountId): Promise<number> {
  const [row] = await run<{ last_seq: number }>(pool, selectLastSeq, [accountId])
  return row?.last_seq ?? 0
}
