import type { AccountId, ChatId, LeadId, NotificationId, Unread, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { run, runnerOf, statementsOf } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { countUnread } from './notification-queries.ts'
import { IS_FOR_ME, recipientValues, SUBJECT } from './notification-rows.ts'
import type { Recipient } from './recipients.ts'

const LONGEST_MS = 366 * 24 * 60 * 60_000

type SnoozeDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

const isMine = statementsOf('notifications')(
  'is_for_me',
  `select n.id from notification n ${SUBJECT} where n.account_id = $1 and n.id = $9 and ${IS_FOR_ME}`,
)

/**
 * Puts a notification off: read for now, and at `until` a copy of it comes, for this user alone.
 * @throws {AppError} `not_found`: not one of this user's; `invalid_request`: a time gone by, or more than a year ahead
 */
export async function snoozeNotification(
  deps: SnoozeDeps,
  recipient: Recipient,
  { id, until }: { id: NotificationId; until: Date },
): Promise<Unread> {
  const { accountId, userId } = recipient
  const aheadMs = until.getTime() - deps.clock.now().getTime()
  if (aheadMs <= 0 || aheadMs > LONGEST_MS)
    throw new AppError('invalid_request', 'until: use a time within the next year', { details: { field: 'until' } })
  await deps.db.transaction().execute(async (tx) => {
    const [found] = await run(runnerOf(tx), isMine, [...recipientValues(recipient), id])
    if (!found) throw new AppError('not_found', 'There is no such notification.')
    await sql`
      insert into notification_snooze (account_id, user_id, notification_id, due_at)
      values (${accountId}, ${userId}, ${id}, ${until})
      on conflict (account_id, user_id, notification_id) do update set due_at = excluded.due_at`.execute(tx)
    await sql`
      insert into notification_read (account_id, user_id, notification_id) values (${accountId}, ${userId}, ${id})
      on conflict do nothing`.execute(tx)
    await appendEvents(tx, accountId, [{ type: 'notification.read', userId }])
  })
  deps.nudge(accountId)
  return countUnread(deps.hotPool, recipient)
}

/** Harmless when it was not put off. */
export async function unsnoozeNotification(
  deps: Pick<Deps, 'db' | 'nudge'>,
  { accountId, userId }: Recipient,
  id: NotificationId,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('notification_snooze')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .where('notification_id', '=', id)
      .execute()
    await appendEvents(tx, accountId, [{ type: 'notification.read', userId }])
  })
  deps.nudge(accountId)
}

const MOST_AT_ONCE = 200

/** Gives back what was put off until now: once, by whichever node asks first. Answers how many. */
export async function wakeSnoozed(deps: Pick<Deps, 'db' | 'clock' | 'nudge'>): Promise<number> {
  const now = deps.clock.now()
  const woken = await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<WokenRow>`
      with due as (
        select account_id, user_id, notification_id from notification_snooze
        where due_at <= ${now} order by due_at limit ${MOST_AT_ONCE} for update skip locked),
      gone as (
        delete from notification_snooze z using due
        where z.account_id = due.account_id and z.user_id = due.user_id and z.notification_id = due.notification_id)
      insert into notification (account_id, kind, chat_id, lead_id, message_id, note_id, task_id, channel_id, detail,
        actor_user_id, target_user_id, created_at)
      select n.account_id, n.kind, n.chat_id, n.lead_id, n.message_id, n.note_id, n.task_id, n.channel_id, n.detail,
        n.actor_user_id, due.user_id, ${now}
      from due join notification n on n.account_id = due.account_id and n.id = due.notification_id
      returning account_id, target_user_id as user_id, id, chat_id, lead_id`.execute(tx)
    await tellOfThem(tx, rows)
    return rows
  })
  for (const accountId of new Set(woken.map((row) => row.account_id))) deps.nudge(accountId)
  return woken.length
}

interface WokenRow {
  account_id: AccountId
  user_id: UserId
  id: NotificationId
  chat_id: ChatId | null
  lead_id: LeadId | null
}

/** Accounts in order, for each locks its counter. */
async function tellOfThem(tx: Tx, rows: readonly WokenRow[]): Promise<void> {
  const accounts = [...new Set(rows.map((row) => row.account_id))].sort((a, b) => a - b)
  for (const accountId of accounts) {
    const events = rows
      .filter((row) => row.account_id === accountId)
      .map((row) => ({
        type: 'notification.created' as const,
        notificationId: row.id,
        chatId: row.chat_id,
        leadId: row.lead_id,
        userId: row.user_id,
      }))
    await appendEvents(tx, accountId, events)
  }
}
