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
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
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

/** Nobody in particular: everything looks unread. */
interface Anybody {
  accountId: AccountId
  userId?: undefined
}

async function selectNotifications(
  db: Db,
  { accountId, userId }: Reader | Anybody,
  rest: RawBuilder<unknown>,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select n.id, n.kind, n.chat_id, n.lead_id, n.created_at, p.name as title,
      case when n.kind = 'delivery_failed' then m.failure else left(m.body, 200) end as text,
      coalesce(n.id <= u.notifications_read_to, false) or r.notification_id is not null as is_read
    from (select * from notification n where n.account_id = ${accountId} ${rest}) n
    left join account_user u on u.account_id = n.account_id and u.id = ${userId ?? null}
    left join notification_read r on r.account_id = n.account_id and r.user_id = u.id and r.notification_id = n.id
    left join chat c on c.account_id = n.account_id and c.id = n.chat_id
    left join participant p on p.account_id = n.account_id and p.id = c.participant_id
    left join message m on m.account_id = n.account_id and m.id = n.message_id
    order by n.id desc`.execute(db)
  return rows
}

/**
 * Newest first; `after` is the id of the last one the caller has. Page, count and event number are of one moment:
 * a screen that adds what comes later counts nothing twice.
 */
export async function listNotifications(
  db: Db,
  reader: Reader,
  page: { after: number | undefined; limit: number },
): Promise<NotificationPage> {
  const older = page.after === undefined ? sql`` : sql`and n.id < ${page.after}`
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const rows = await selectNotifications(tx, reader, sql`${older} order by n.id desc limit ${page.limit + 1}`)
      const counted = await countUnread(tx, reader)
      const items = rows.slice(0, page.limit)
      const next = rows.length > page.limit ? String(items.at(-1)?.id) : null
      return { items: items.map(toNotification), next, ...counted }
    })
}

/** As a user sees them; those of the ids that are this account's. */
export async function findNotifications(
  db: Db,
  reader: Reader | Anybody,
  ids: readonly NotificationId[],
): Promise<Notification[]> {
  if (ids.length === 0) return []
  const rows = await selectNotifications(db, reader, sql`and n.id = any(${ids}::bigint[])`)
  return rows.map(toNotification)
}

/** How many are unread (at most 1000: nobody counts further) and the newest event that is in the count, of one moment. */
export async function countUnread(db: Db, { accountId, userId }: Reader): Promise<Unread> {
  const { rows } = await sql<Unread>`
    select (select last_seq from account_seq where account_id = ${accountId}) as seq, count(*) as unread from (
      select 1 from notification n
      join account_user u on u.account_id = n.account_id and u.id = ${userId}
      where n.account_id = ${accountId} and n.id > u.notifications_read_to
        and not exists (
          select 1 from notification_read r
          where r.account_id = n.account_id and r.user_id = u.id and r.notification_id = n.id)
      limit ${sql.lit(MOST_COUNTED)}) counted`.execute(db)
  return rows[0] ?? { unread: 0, seq: 0 }
}

/** Marks some or all as read for this user. Answers how many are left. */
export async function readNotifications(
  deps: Pick<Deps, 'db' | 'nudge'>,
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
  return countUnread(deps.db, reader)
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
