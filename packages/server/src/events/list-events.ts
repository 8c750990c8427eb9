import type { AccountId, ChatId, EventType, LeadId, MessageId, NotificationId, UserId } from '@parley/protocol/model'
import type { Db } from '../db/open-database.ts'

export interface StoredEvent {
  seq: number
  type: EventType
  chat_id: ChatId | null
  message_id: MessageId | null
  lead_id: LeadId | null
  notification_id: NotificationId | null
  /** Set when only this user may hear of it. */
  user_id: UserId | null
}

/**
 * Lists an account's events after a cursor.
 *
 * Shape:  at most `limit` events; fewer means there are no more yet.
 * Units:  `after` is a seq (per account, from 1, no gaps), not a time.
 * Order:  by seq, which is commit order within one account; across accounts there is none.
 * Errors: none; a cursor ahead of the account answers [].
 */
export async function listEvents(db: Db, accountId: AccountId, after: number, limit: number): Promise<StoredEvent[]> {
  return db
    .selectFrom('event')
    .select(['seq', 'type', 'chat_id', 'message_id', 'lead_id', 'notification_id', 'user_id'])
    .where('account_id', '=', accountId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The number of the account's newest event; 0 before the first. */
export async function getLastSeq(db: Db, accountId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('account_seq')
    .select('last_seq')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.last_seq ?? 0
}
