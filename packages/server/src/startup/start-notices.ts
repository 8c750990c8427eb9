import type { Deps } from '../domain/deps.ts'
import { sendDigests } from '../domain/digests/send-digests.ts'
import { wakeSnoozed } from '../domain/notifications/snooze.ts'
import { tendNotifications } from '../jobs/tend-notifications.ts'
import type { Closing } from './closing.ts'

/** What tells people of something when its time has come. */
export function startNotices(deps: Deps, closing: Closing): void {
  const tending = tendNotifications(deps, [
    { name: 'snoozed notifications', run: () => wakeSnoozed(deps) },
    { name: 'digests', run: () => sendDigests(deps) },
  ])
  closing.add('notices', tending.stop)
}
