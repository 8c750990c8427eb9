import type { AccountId, NotificationId, UserId } from '@parley/protocol/model'
import { plainColumn, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'

/** A push in the hands of who claimed it. */
export interface ClaimedPush {
  accountId: AccountId
  id: number
  subscriptionId: number
  userId: UserId
  /** Null: a test. */
  notificationId: NotificationId | null
  /** With this one, from 1. */
  attempts: number
  target: { endpoint: string; p256dh: string; auth: string }
  createdAt: Date
  /** He looks at a screen, has read it already, or his session is over: there is nothing to push. */
  isNeedless: boolean
}

export type PushDeps = Pick<Deps, 'db' | 'hotPool' | 'clock'>

interface ClaimedRow {
  account_id: AccountId
  id: number
  subscription_id: number
  notification_id: NotificationId | null
  attempts: number
  created_at: Date
  user_id: UserId
  endpoint: string
  p256dh: string
  auth: string
  is_needless: boolean
}

const statement = statementsOf('pushes')

const claim = statement(
  'claim',
  `with picked as materialized (
     select account_id, id from push_delivery
     where due_at <= $1 and (leased_until is null or leased_until <= $1)
     order by due_at limit $3 for update skip locked),
   claimed as (
     update push_delivery d set leased_until = $2, attempts = d.attempts + 1
     from picked where d.account_id = picked.account_id and d.id = picked.id
     returning d.*)
   select d.account_id, d.id, d.subscription_id, d.notification_id, d.attempts, d.created_at,
     s.user_id, s.endpoint, s.p256dh, s.auth,
     (e.expires_at <= $1 or u.disabled_at is not null
       or d.notification_id is not null and (
         coalesce(w.seen_until > $1, false) or d.notification_id <= u.notifications_read_to
         or r.notification_id is not null)) as is_needless
   from claimed d
   join push_subscription s on s.account_id = d.account_id and s.id = d.subscription_id
   join account_user u on u.account_id = s.account_id and u.id = s.user_id
   join user_session e on e.account_id = s.account_id and e.token_hash = s.session_hash
   left join user_screen w on w.account_id = s.account_id and w.user_id = s.user_id
   left join notification_read r on r.account_id = s.account_id and r.user_id = s.user_id
     and r.notification_id = d.notification_id`,
)

/** Takes what is due and leases it; a lease that ran out was a dead worker's. */
export async function claimPushes(
  { hotPool, clock }: PushDeps,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<ClaimedPush[]> {
  const now = clock.now()
  const rows = await run<ClaimedRow>(hotPool, claim, [now, new Date(now.getTime() + leaseMs), limit])
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    subscriptionId: row.subscription_id,
    userId: row.user_id,
    notificationId: row.notification_id,
    attempts: row.attempts,
    target: { endpoint: row.endpoint, p256dh: row.p256dh, auth: row.auth },
    createdAt: row.created_at,
    isNeedless: row.is_needless,
  }))
}

const done = statement(
  'done',
  `delete from push_delivery d using unnest($1::int[], $2::bigint[]) as k (account_id, id)
   where d.account_id = k.account_id and d.id = k.id`,
)

const recovered = statement(
  'recovered',
  'update push_subscription set failing_since = null where account_id = $1 and id = $2 and failing_since is not null',
)

/** Sent, or not to be sent. */
export async function settlePushes({ hotPool }: PushDeps, pushes: readonly ClaimedPush[]): Promise<void> {
  if (pushes.length === 0) return
  await run(hotPool, done, [plainColumn(pushes, (push) => push.accountId), plainColumn(pushes, (push) => push.id)])
}

export async function settleSent(deps: PushDeps, push: ClaimedPush): Promise<void> {
  await settlePushes(deps, [push])
  await run(deps.hotPool, recovered, [push.accountId, push.subscriptionId])
}

/** The browser has unsubscribed, or was thrown away: nothing goes there any more. What waits for it goes, too. */
export async function dropSubscription({ db }: PushDeps, { accountId, subscriptionId }: ClaimedPush): Promise<void> {
  await db
    .deleteFrom('push_subscription')
    .where('account_id', '=', accountId)
    .where('id', '=', subscriptionId)
    .execute()
}

export async function settleForLater({ db }: PushDeps, push: ClaimedPush, dueAt: Date): Promise<void> {
  await db
    .updateTable('push_delivery')
    .set({ due_at: dueAt, leased_until: null })
    .where('account_id', '=', push.accountId)
    .where('id', '=', push.id)
    .where('attempts', '=', push.attempts)
    .execute()
}

const GONE_AFTER_MS = 7 * 24 * 60 * 60_000

/** It was not taken; a browser that has taken nothing for a week is dropped. */
export async function settleGivenUp(deps: PushDeps, push: ClaimedPush): Promise<void> {
  const now = deps.clock.now()
  await settlePushes(deps, [push])
  const { failing_since: since } = await deps.db
    .updateTable('push_subscription')
    .set((eb) => ({ failing_since: eb.fn.coalesce('failing_since', eb.val(now)) }))
    .where('account_id', '=', push.accountId)
    .where('id', '=', push.subscriptionId)
    .returning('failing_since')
    .executeTakeFirst()
    .then((row) => row ?? { failing_since: null })
  if (since !== null && now.getTime() - since.getTime() >= GONE_AFTER_MS) await dropSubscription(deps, push)
}

/**
 * Sends a push that says it works, to one of the user's browsers or to all.
 * @throws {AppError} `not_found`: he has no such browser
 */
export async function enqueueTest({ db, clock }: PushDeps, { account, user }: Viewer, id?: number): Promise<void> {
  const now = clock.now()
  const queued = await db
    .insertInto('push_delivery')
    .columns(['account_id', 'subscription_id', 'due_at', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('push_subscription')
        .select((select) => [
          'account_id',
          'id as subscription_id',
          select.val(now).as('due_at'),
          select.val(now).as('created_at'),
        ])
        .where('account_id', '=', account.id)
        .where('user_id', '=', user.id)
        .$if(id !== undefined, (one) => one.where('id', '=', id!)),
    )
    .returning('id')
    .execute()
  if (queued.length === 0) throw new AppError('not_found', 'None of your browsers gets pushes. Switch them on first.')
}
