import type { AccountId, NotificationId, NotificationKind, NotificationSettings, UserId } from '@parley/protocol/model'
import { isQuiet, zoneOf } from '@parley/protocol/notices'
import type pg from 'pg'
import { plainColumn, run, statementsOf } from '../../db/statement.ts'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import type { Clock } from '../../lib/clock.ts'
import { findNotices } from '../notifications/notification-rows.ts'
import { isFor, listRecipients, type Recipient } from '../notifications/recipients.ts'

/** Time to see it on a screen first: what is read by then is not pushed. */
const GRACE_MS = 3000
/** What is older when it is followed (this server was off, say) has had its time. */
const FRESH_MINUTES = 15

const statement = statementsOf('pushes')

const selectFresh = statement(
  'fresh',
  `select n.id from notification n
   where n.account_id = $1 and n.id = any ($2::bigint[]) and n.created_at > now() - interval '${FRESH_MINUTES} minutes'
     and exists (select from push_subscription s where s.account_id = $1)`,
)

const enqueue = statement(
  'enqueue',
  `insert into push_delivery (account_id, subscription_id, notification_id, due_at, created_at)
   select s.account_id, s.id, k.notification_id, $4, $5
   from unnest($2::bigint[], $3::bigint[]) as k (user_id, notification_id)
   join push_subscription s on s.account_id = $1 and s.user_id = k.user_id`,
)

/** Makes pushes of notifications: for every browser of everybody who is to be told, and wants to be. */
export function followForPushes(clock: Clock, nudge: () => void): Follower {
  return {
    name: 'pushes',
    restMs: 100,
    handle: (client, accountId, events) => planPushes(client, accountId, events, clock.now()),
    afterCommit: (_accountId, events) => {
      if (events.some((event) => event.notification_id !== null)) nudge()
    },
  }
}

async function planPushes(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
  now: Date,
): Promise<void> {
  const created = events.filter((event) => event.type === 'notification.created' && event.notification_id !== null)
  if (created.length === 0) return
  const ids = created.map((event) => event.notification_id)
  const fresh = await run<{ id: NotificationId }>(client, selectFresh, [accountId, ids])
  if (fresh.length === 0) return
  const notices = await findNotices(
    client,
    accountId,
    fresh.map(({ id }) => id),
  )
  const recipients = await listRecipients(client, accountId)
  const pushes = notices.flatMap(({ notification, facts }) =>
    recipients
      .filter((recipient) => isFor(recipient, facts) && wantsPush(recipient, facts.kind, now))
      .map(({ userId }) => ({ userId, notificationId: notification.id })),
  )
  if (pushes.length === 0) return
  await run(client, enqueue, [
    accountId,
    plainColumn(pushes, (push): UserId => push.userId),
    plainColumn(pushes, (push): NotificationId => push.notificationId),
    new Date(now.getTime() + GRACE_MS),
    now,
  ])
}

/** Not in his quiet hours: what came then is in the app when he comes. */
function wantsPush({ settings, timeZone }: Recipient, kind: NotificationKind, now: Date): boolean {
  return settings.kinds[kind].desktop && !isQuietFor(settings, timeZone, now)
}

const isQuietFor = (settings: NotificationSettings, accountZone: string, now: Date) =>
  isQuiet(settings.quiet, zoneOf(settings, accountZone), now.getTime())
