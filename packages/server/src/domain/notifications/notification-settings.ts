import {
  type AccountId,
  changeNotificationSettings,
  NOTIFICATION_KINDS,
  type NoticeWays,
  type NotificationKind,
  type NotificationSettings,
  type NotificationSettingsChange,
  type Role,
  type UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { planDigest } from './plan-digest.ts'

const OFF: NoticeWays = { inApp: false, sound: false, desktop: false, email: false }
const QUIET: NoticeWays = { inApp: true, sound: false, desktop: false, email: true }
const LOUD: NoticeWays = { inApp: true, sound: true, desktop: true, email: true }

const USUAL: Record<NotificationKind, NoticeWays> = {
  incoming_lead: LOUD,
  new_message: LOUD,
  delivery_failed: { ...LOUD, sound: false },
  mention: LOUD,
  assigned: LOUD,
  lead_stage: OFF,
  task_assigned: LOUD,
  task_due: LOUD,
  channel_failing: OFF,
  channel_decided: OFF,
}

/** What somebody has who changed nothing. Channels are an admin's concern. */
export const usualSettings = (role: Role): NotificationSettings => ({
  kinds: role === 'admin' ? { ...USUAL, channel_failing: QUIET, channel_decided: { ...LOUD, sound: false } } : USUAL,
  scope: 'mine',
  quiet: { isOn: false, from: 20 * 60, to: 8 * 60, days: [1, 2, 3, 4, 5, 6, 7] },
  digest: { mode: 'off', at: 9 * 60 },
  sound: 'chime',
  hideText: false,
  timeZone: null,
})

/** What is stored holds only what was changed, so that what is usual may become another thing. */
export function readSettings(stored: unknown, role: Role): NotificationSettings {
  const parsed = changeNotificationSettings.safeParse(stored ?? {})
  return applyChange(usualSettings(role), parsed.success ? parsed.data : {})
}

function applyChange(settings: NotificationSettings, change: NotificationSettingsChange): NotificationSettings {
  const { kinds, ...rest } = change
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const ways = NOTIFICATION_KINDS.map((kind) => [kind, { ...settings.kinds[kind], ...kinds?.[kind] }])
  return { ...settings, ...given, kinds: Object.fromEntries(ways) as NotificationSettings['kinds'] }
}

function mergeChanges(before: NotificationSettingsChange, change: NotificationSettingsChange) {
  const touched = NOTIFICATION_KINDS.filter((kind) => before.kinds?.[kind] ?? change.kinds?.[kind])
  const kinds = touched.map((kind) => [kind, { ...before.kinds?.[kind], ...change.kinds?.[kind] }])
  return { ...before, ...change, kinds: Object.fromEntries(kinds) }
}

export async function getSettings({ db }: Pick<Deps, 'db'>, { account, user }: Viewer): Promise<NotificationSettings> {
  const row = await db
    .selectFrom('notification_setting')
    .select('settings')
    .where('account_id', '=', account.id)
    .where('user_id', '=', user.id)
    .executeTakeFirst()
  return readSettings(row?.settings, user.role)
}

/** Changes what is given and leaves the rest; his other screens hear of it. */
export async function changeSettings(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  viewer: Viewer,
  change: NotificationSettingsChange,
): Promise<NotificationSettings> {
  const key = { accountId: viewer.account.id, userId: viewer.user.id }
  const settings = await deps.db.transaction().execute(async (tx) => {
    const before = await lockStored(tx, key)
    const merged = mergeChanges(before, change)
    await tx
      .updateTable('notification_setting')
      .set({ settings: JSON.stringify(merged) })
      .where('account_id', '=', key.accountId)
      .where('user_id', '=', key.userId)
      .execute()
    const next = applyChange(usualSettings(viewer.user.role), merged)
    await keepDigest(tx, key, planDigest(next, viewer.account.timeZone, deps.clock.now()))
    await appendEvents(tx, key.accountId, [
      { type: 'settings.changed', topic: 'notification-settings', userId: key.userId },
    ])
    return next
  })
  deps.nudge(key.accountId)
  return settings
}

interface Key {
  accountId: AccountId
  userId: UserId
}

async function lockStored(tx: Tx, { accountId, userId }: Key): Promise<NotificationSettingsChange> {
  await tx
    .insertInto('notification_setting')
    .values({ account_id: accountId, user_id: userId, settings: '{}' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('notification_setting')
    .select('settings')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const parsed = changeNotificationSettings.safeParse(row.settings)
  return parsed.success ? parsed.data : {}
}

/** What was there before the digest was switched on is not mailed; a digest that only moves to another hour goes on. */
async function keepDigest(tx: Tx, { accountId, userId }: Key, nextAt: Date | null): Promise<void> {
  if (nextAt === null) {
    await tx
      .deleteFrom('notification_digest')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .execute()
    return
  }
  await tx
    .insertInto('notification_digest')
    .columns(['account_id', 'user_id', 'next_at', 'mailed_to'])
    .expression((eb) =>
      eb
        .selectFrom('notification')
        .select((select) => [
          select.val(accountId).as('account_id'),
          select.val(userId).as('user_id'),
          select.val(nextAt).as('next_at'),
          select.fn.coalesce(select.fn.max('id'), select.val(0)).as('mailed_to'),
        ])
        .where('account_id', '=', accountId),
    )
    .onConflict((conflict) => conflict.columns(['account_id', 'user_id']).doUpdateSet({ next_at: nextAt }))
    .execute()
}
