import type { AccountId, Language, Notification, NotificationId, UserId } from '@parley/protocol/model'
import { endOfQuiet, isQuiet, zoneOf } from '@parley/protocol/notices'
import { sql } from 'kysely'
import type { Deps } from '../deps.ts'
import { listNotifications } from '../notifications/notification-queries.ts'
import { planDigest } from '../notifications/plan-digest.ts'
import { listRecipients, type Recipient } from '../notifications/recipients.ts'
import { presentDigest } from './present-digest.ts'
import { unsubscribeToken } from './unsubscribe.ts'

export type DigestDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'mailer' | 'publicUrl' | 'secretBox'>

const AT_ONCE = 20
/** A node that dies over one leaves it to the others after this time. */
const LEASE_MS = 10 * 60_000
const DAY_MS = 24 * 60 * 60_000
const MOST_SHOWN = 20
/** Nobody reads further: beyond, the count ends. */
const MOST_LOOKED_AT = 100

interface DueDigest {
  account_id: AccountId
  user_id: UserId
  mailed_to: number
  email: string
  name: string
  account: string
}

/** Mails the digests that are due, each once, by whichever node asks first. Answers how many were looked at. */
export async function sendDigests(deps: DigestDeps): Promise<number> {
  // Without a mail server nothing is looked at, and nothing is lost: when there is one, what is unseen then is mailed.
  if (!deps.mailer) return 0
  const due = await claimDue(deps)
  for (const digest of due) await sendOne(deps, digest)
  return due.length
}

async function claimDue({ db, clock }: DigestDeps): Promise<DueDigest[]> {
  const now = clock.now()
  const { rows } = await sql<DueDigest>`
    with due as (
      select account_id, user_id from notification_digest where next_at <= ${now}
      order by next_at limit ${AT_ONCE} for update skip locked),
    claimed as (
      update notification_digest d set next_at = ${new Date(now.getTime() + LEASE_MS)} from due
      where d.account_id = due.account_id and d.user_id = due.user_id
      returning d.account_id, d.user_id, d.mailed_to)
    select c.account_id, c.user_id, c.mailed_to, u.email, u.name, a.name as account
    from claimed c
    join account_user u on u.account_id = c.account_id and u.id = c.user_id
    join account a on a.id = c.account_id`.execute(db)
  return rows
}

async function sendOne(deps: DigestDeps, due: DueDigest): Promise<void> {
  const recipients = await listRecipients(deps.hotPool, due.account_id)
  const recipient = recipients.find(({ userId }) => userId === due.user_id)
  const now = deps.clock.now()
  // Somebody who was switched off may come back.
  if (!recipient) return keep(deps, due, due.mailed_to, new Date(now.getTime() + DAY_MS))
  const nextAt = planDigest(recipient.settings, recipient.timeZone, now)
  if (!nextAt) return forget(deps, due)
  const { quiet } = recipient.settings
  const zone = zoneOf(recipient.settings, recipient.timeZone)
  if (isQuiet(quiet, zone, now.getTime()))
    return keep(deps, due, due.mailed_to, new Date(endOfQuiet(quiet, zone, now.getTime())))
  const { unseen, newest } = await listUnseen(deps, recipient, due.mailed_to)
  // Written down first: a crash now costs a mail, and never makes two of one.
  await keep(deps, due, newest, nextAt)
  if (unseen.length > 0) deps.mailer?.send(write(deps, due, { unseen, zone, language: recipient.language }))
}

/** What is unread, newer than the last digest, and of a kind he wants by mail. */
async function listUnseen(
  { db, hotPool }: DigestDeps,
  recipient: Recipient,
  mailedTo: number,
): Promise<{ unseen: Notification[]; newest: number }> {
  const { newest } = await db
    .selectFrom('notification')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.val(0 as NotificationId)).as('newest'))
    .where('account_id', '=', recipient.accountId)
    .executeTakeFirstOrThrow()
  const { kinds } = recipient.settings
  const mailed = { ...recipient, kinds: recipient.kinds.filter((kind) => kinds[kind].email) }
  const page = { only: 'unread' as const, after: undefined, limit: MOST_LOOKED_AT }
  const { items } = await listNotifications(hotPool, mailed, page)
  return { unseen: items.filter(({ id }) => id > mailedTo && id <= newest), newest: Math.max(mailedTo, newest) }
}

function write(
  { publicUrl, secretBox }: DigestDeps,
  due: DueDigest,
  { unseen, zone, language }: { unseen: Notification[]; zone: string; language: Language },
) {
  const token = unsubscribeToken(secretBox, { accountId: due.account_id, userId: due.user_id })
  return presentDigest({
    to: { name: due.name, email: due.email },
    account: due.account,
    language,
    timeZone: zone,
    shown: unseen.slice(0, MOST_SHOWN),
    more: Math.max(0, unseen.length - MOST_SHOWN),
    publicUrl: publicUrl(),
    unsubscribeUrl: `${publicUrl()}/api/app/v1/unsubscribe/${token}`,
  })
}

async function keep({ db }: DigestDeps, due: DueDigest, mailedTo: number, nextAt: Date): Promise<void> {
  await db
    .updateTable('notification_digest')
    .set({ next_at: nextAt, mailed_to: mailedTo })
    .where('account_id', '=', due.account_id)
    .where('user_id', '=', due.user_id)
    .execute()
}

async function forget({ db }: DigestDeps, due: DueDigest): Promise<void> {
  await db
    .deleteFrom('notification_digest')
    .where('account_id', '=', due.account_id)
    .where('user_id', '=', due.user_id)
    .execute()
}
