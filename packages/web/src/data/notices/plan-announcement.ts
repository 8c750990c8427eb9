import type { Notification, NotificationSettings } from '@parley/protocol/model'
import { isQuiet } from '@parley/protocol/notices'

/** What came later than this is told when it is seen, not aloud: the stream brings what was missed, too. */
const FRESH_MS = 60_000

export interface Announcement {
  sound: boolean
  desktop: boolean
}

const SILENT: Announcement = { sound: false, desktop: false }

/** How a notification that has just come makes itself noticed on this screen. */
export function planAnnouncement(
  notification: Notification,
  settings: NotificationSettings,
  now: { at: number; timeZone: string },
): Announcement {
  const ways = settings.kinds[notification.kind]
  const isOld = now.at - notification.at > FRESH_MS
  if (notification.isRead || isOld || !ways.inApp || isQuiet(settings.quiet, now.timeZone, now.at)) return SILENT
  return { sound: ways.sound, desktop: ways.desktop }
}
