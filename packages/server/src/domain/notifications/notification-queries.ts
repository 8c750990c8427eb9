import type { ListNotificationsQuery, NotificationId, NotificationPage, Unread } from '@parley/protocol/model'
import type pg from 'pg'
import { inSnapshot, type Runner, run, statementsOf } from '../../db/statement.ts'
import {
  IS_FOR_ME,
  type NotificationRow,
  recipientValues,
  SUBJECT,
  shownAs,
  toNotification,
} from './notification-rows.ts'
import type { Recipient } from './recipients.ts'

/** Nobody counts further: the bell shows 99+. */
const MOST_COUNTED = 1000
/**
 * Of what is addressed to nobody in particular, so many of the account are looked at in one go, however few of them are
 * for the reader. A list goes on behind them; a count ends there.
 */
const LOOKED_AT = 3000

const statement = statementsOf('notifications')

/** $9: only these kinds; $10: only what is his own; $11: only unread. */
const ASKED = `
  ($9::text[] is null or n.kind = any ($9::text[]))
  and (not $10::boolean or n.target_user_id = $2 or l.responsible_user_id = $2)
  and (not $11::boolean or n.id > me.notifications_read_to and not exists (
    select 1 from notification_read x where x.account_id = n.account_id and x.user_id = $2 and x.notification_id = n.id))`

const picked = (rows: string) => `
  select n.* from account_user me cross join lateral (${rows}) n ${SUBJECT}
  where me.account_id = $1 and me.id = $2 and ${IS_FOR_ME} and ${ASKED}
  order by n.id desc limit $12`

/** Addressed to the reader: an index of its own, for they are few among many. */
const addressed = statement(
  'addressed',
  shownAs(
    picked(`select * from notification where account_id = $1 and target_user_id = $2 and id < $13 order by id desc`),
  ),
)

/** The others, within the window that ends at $14. */
const common = statement(
  'common',
  shownAs(
    picked(`select * from notification where account_id = $1 and target_user_id is null and id < $13 and id >= $14
      order by id desc`),
  ),
)

const windowEnd = statement(
  'window',
  `select min(id) as last, count(*) as n from (
     select id from notification where account_id = $1 and id < $2 order by id desc limit ${LOOKED_AT}) w`,
)

const unreadOf = (rows: string) => `
  select 1 from account_user me cross join lateral (${rows}) n ${SUBJECT}
  where me.account_id = $1 and me.id = $2 and ${IS_FOR_ME}
    and not exists (
      select 1 from notification_read r where r.account_id = n.account_id and r.user_id = $2 and r.notification_id = n.id)
  limit ${MOST_COUNTED}`

const countOfUser = statement(
  'count_unread',
  `select (select last_seq from account_seq where account_id = $1) as seq, least(count(*), ${MOST_COUNTED}) as unread
   from (
     (${unreadOf(`select * from notification where account_id = $1 and target_user_id = $2
        and id > me.notifications_read_to order by id desc`)})
     union all
     (${unreadOf(`select * from (select * from notification where account_id = $1 and id > me.notifications_read_to
        order by id desc limit ${LOOKED_AT}) newest where target_user_id is null`)})) counted`,
)

export interface NotificationsAsked extends ListNotificationsQuery {
  /** The id of the last one the caller has. */
  after: NotificationId | undefined
  limit: number
}

/**
 * What is for this reader, newest first. Page, count and event number are of one moment: a screen that adds what comes later
 * counts nothing twice.
 *
 * Shape:  at most `limit` items; fewer, or none, with a `next` when much had to be looked at that is not for him.
 */
export async function listNotifications(
  pool: pg.Pool,
  recipient: Recipient,
  asked: NotificationsAsked,
): Promise<NotificationPage> {
  const before = asked.after ?? Number.MAX_SAFE_INTEGER
  return inSnapshot(pool, async (client) => {
    const [[found], counted] = await Promise.all([
      run<{ last: number | null; n: number }>(client, windowEnd, [recipient.accountId, before]),
      countUnread(client, recipient),
    ])
    const end = found?.last ?? 0
    const values = [...recipientValues(recipient), ...askedValues(asked), asked.limit + 1, before]
    const [his, others] = await Promise.all([
      run<NotificationRow>(client, addressed, values),
      run<NotificationRow>(client, common, [...values, end]),
    ])
    const isCut = (found?.n ?? 0) >= LOOKED_AT
    // Beyond the window only his own are known: they wait for what stands between them.
    const known = [...his.filter((row) => !isCut || row.id >= end), ...others].sort((a, b) => b.id - a.id)
    const items = known.slice(0, asked.limit)
    const hasMore = known.length > asked.limit
    const next = hasMore ? String(items.at(-1)?.id) : isCut ? String(end) : null
    return { items: items.map(toNotification), next, ...counted }
  })
}

const askedValues = ({ kind, for: whose, only }: NotificationsAsked): unknown[] => [
  kind === undefined ? null : [kind],
  whose === 'me',
  only === 'unread',
]

/** How many are unread (at most 1000: nobody counts further) and the newest event that is in the count, of one moment. */
export async function countUnread(client: Runner, recipient: Recipient): Promise<Unread> {
  const [counted] = await run<Unread>(client, countOfUser, recipientValues(recipient))
  return counted ?? { unread: 0, seq: 0 }
}
