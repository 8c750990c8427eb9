import type {
  AccountId,
  ChatId,
  LeadId,
  Notification,
  NotificationId,
  NotificationKind,
  NotificationPage,
  ReadNotificationsRequest,
  Unread,
  UserId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type pg from 'pg'
import { inSnapshot, type Runner, run, statementsOf } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'

interface NotificationRow {
  id: NotificationId
  kind: NotificationKind
  chat_id: ChatId | null
  lead_id: LeadId | null
  title: string | null
  text: string | null
  created_at: Date
  is_read: boolean
}

/** Nobody counts further: the bell shows 99+. */
const MOST_COUNTED = 1000

interface Reader {
  accountId: AccountId
  userId: UserId
}

const statement = statementsOf('notifications')

/** Every read of notifications is made of this: the account's ($1) as a user ($2, null for nobody in particular) sees them. */
const notificationsWhere = (rest: string) => `
  select n.id, n.kind, n.chat_id, n.lead_id, n.created_at, p.name as title,
    case when n.kind = 'delivery_failed' then m.failure else left(m.body, 200) end as text,
    coalesce(n.id <= u.notifications_read_to, false) or r.notification_id is not null as is_read
  from (select * from notification n where n.account_id = $1 ${rest}) n
  left join account_user u on u.account_id = n.account_id and u.id = $2::bigint
  left join notification_read r on r.account_id = n.account_id and r.user_id = u.id and r.notification_id = n.id
  left join chat c on c.account_id = n.account_id and c.id = n.chat_id
  left join participant p on p.account_id = n.account_id and p.id = c.participant_id
  left join message m on m.account_id = n.account_id and m.id = n.message_id
  order by n.id desc`

const newest = statement('newest', notificationsWhere('order by n.id desc limit $3'))
const older = statement('older', notificationsWhere('and n.id < $4 order by n.id desc limit $3'))
const byIds = statement('by_ids', notificationsWhere('and n.id = any ($3::bigint[])'))

const countOfUser = statement(
  'count_unread',
  `select (select last_seq from account_seq where account_id = $1) as seq, count(*) as unread from (
     select 1 from notification n
     join account_user u on u.account_id = n.account_id and u.id = $2
     where n.account_id = $1 and n.id > u.notifications_read_to
       and not exists (
         select 1 from notification_read r
         where r.account_id = n.account_id and r.user_id = u.id and r.notification_id = n.id)
     limit ${MOST_COUNTED}) counted`,
)

/**
 * Newest first; `after` is the id of the last one the caller has. Page, count and event number are of one moment:
 * a screen that adds what comes later counts nothing twice.
 */
export async function listNotifications(
  pool: pg.Pool,
  reader: Reader,
  page: { after: number | undefined; limit: number },
): Promise<NotificationPage> {
  const [select, key] = page.after === undefined ? [newest, []] : [older, [page.after]]
  const values = [reader.accountId, reader.userId, page.limit + 1, ...key]
  const [rows, counted] = await inSnapshot(pool, (client) =>
    Promise.all([run<NotificationRow>(client, select, values), countUnread(client, reader)]),
  )
  const items = rows.slice(0, page.limit)
  const next = rows.length > page.limit ? String(items.at(-1)?.id) : null
  return { items: items.map(toNotification), next, ...counted }
}

/** As somebody sees them who has read nothing; those of the ids that are this account's. */
export async function findNotifications(
  pool: Runner,
  accountId: AccountId,
  ids: readonly NotificationId[],
): Promise<Notification[]> {
  if (ids.length === 0) return []
  const rows = await run<NotificationRow>(pool, byIds, [accountId, null, ids])
  return rows.map(toNotification)
}

/** How many are unread (at most 1000: nobody counts further) and the newest event that is in the count, of one moment. */
export async function countUnread(pool: Runner, { accountId, userId }: Reader): Promise<Unread> {
  const [counted] = await run<Unread>(pool, countOfUser, [accountId, userId])
  return counted ?? { unread: 0, seq: 0 }
}

/** Marks some or all as read for this user. Answers how many are left. */
export async function readNotifications(
  deps: Pick<Deps, 'db' | 'hotPool' | 'nudge'>,
  reader: Reader,
  what: ReadNotificationsRequest,
): Promise<Unread> {
  const { accountId, userId } = reader
  await deps.db.transaction().execute(async (tx) => {
    if ('all' in what) {
      await sql`
        with newest as (select max(id) as id from notification where account_id = ${accountId}),
        swept as (delete from notification_read where account_id = ${accountId} and user_id = ${userId})
        update account_user u set notifications_read_to = greatest(u.notifications_read_to, coalesce(newest.id, 0))
        from newest where u.account_id = ${accountId} and u.id = ${userId}`.execute(tx)
    } else {
      await sql`
        insert into notification_read (account_id, user_id, notification_id)
        select n.account_id, ${userId}, n.id from notification n
        where n.account_id = ${accountId} and n.id = any(${what.ids}::bigint[])
        on conflict do nothing`.execute(tx)
    }
    await appendEvents(tx, accountId, [{ type: 'notification.read', userId }])
  })
  deps.nudge(accountId)
  return countUnread(deps.hotPool, reader)
}

function toNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: row.kind,
    chatId: row.chat_id,
    leadId: row.lead_id,
    title: row.title ?? '',
    text: row.text ?? '',
    at: row.created_at.getTime(),
    isRead: row.is_read,
  }
}
