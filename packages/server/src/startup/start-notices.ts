import type { Deps } from '../domain/deps.ts'
import { sendDigests } from '../domain/digests/send-digests.ts'
import { clearOldNotifications } from '../domain/notifications/clear-old.ts'
import { ringTasks } from '../domain/notifications/ring-tasks.ts'
import { wakeSnoozed } from '../domain/notifications/snooze.ts'
import { tendDuties } from '../jobs/tend-duties.ts'
import type { Closing } from './closing.ts'

const HOUR_MS = 60 * 60_000

/** What tells people of something when its time has come. */
export function startNotices(deps: Deps, closing: Closing): void {
  const tending = tendDuties(deps, [
    { name: 'snoozed notifications', run: () => wakeSnoozed(deps) },
    { name: 'tasks that are due', run: () => ringTasks(deps) },
    { name: 'digests', run: () => sendDigests(deps) },
    { name: 'old notifications', run: () => clearOldNotifications(deps), everyMs: HOUR_MS },
  ])
  closing.add('notices', tending.stop)
}
