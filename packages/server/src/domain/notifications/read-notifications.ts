import type { NotificationKind, ReadNotificationsRequest, Unread } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { run, runnerOf, statementsOf } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'
import { countUnread } from './notification-queries.ts'
import { IS_FOR_ME, recipientValues, SUBJECT } from './notification-rows.ts'
import type { Recipient } from './recipients.ts'

/** So many of a kind are marked in one go: what nobody can see in a list, nobody marks. */
const MOST_MARKED = 5000

const readOfKind = statementsOf('notifications')(
  'read_of_kind',
  `insert into notification_read (account_id, user_id, notification_id)
   select n.account_id, me.id, n.id from account_user me
   cross join lateral (
     select * from notification where account_id = $1 and kind = $9 and id > me.notifications_read_to
     order by id desc limit ${MOST_MARKED}) n ${SUBJECT}
   where me.account_id = $1 and me.id = $2 and ${IS_FOR_ME}
   on conflict do nothing`,
)

/** Marks some, those of a kind, or all as read for this user. Answers how many are left. */
export async function readNotifications(
  deps: Pick<Deps, 'db' | 'hotPool' | 'nudge'>,
  recipient: Recipient,
  what: ReadNotificationsRequest,
): Promise<Unread> {
  const { accountId, userId } = recipient
  await deps.db.transaction().execute(async (tx) => {
    if ('all' in what) await readAll(tx, recipient)
    else if ('kind' in what) await readKind(tx, recipient, what.kind)
    else
      await sql`
        insert into notification_read (account_id, user_id, notification_id)
        select n.account_id, ${userId}, n.id from notification n
        where n.account_id = ${accountId} and n.id = any(${what.ids}::bigint[])
        on conflict do nothing`.execute(tx)
    await appendEvents(tx, accountId, [{ type: 'notification.read', userId }])
  })
  deps.nudge(accountId)
  return countUnread(deps.hotPool, recipient)
}

async function readAll(tx: Tx, { accountId, userId }: Recipient): Promise<void> {
  await sql`
    with newest as (select max(id) as id from notification where account_id = ${accountId}),
    swept as (delete from notification_read where account_id = ${accountId} and user_id = ${userId})
    update account_user u set notifications_read_to = greatest(u.notifications_read_to, coalesce(newest.id, 0))
    from newest where u.account_id = ${accountId} and u.id = ${userId}`.execute(tx)
}

async function readKind(tx: Tx, recipient: Recipient, kind: NotificationKind): Promise<void> {
  await run(runnerOf(tx), readOfKind, [...recipientValues(recipient), kind])
}
