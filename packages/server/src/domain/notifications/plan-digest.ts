import type { NotificationSettings } from '@parley/protocol/model'
import { endOfQuiet, nextTimeAt, zoneOf } from '@parley/protocol/notices'

const HOUR_MS = 60 * 60_000

/** When the next digest is due: never in the quiet hours; null when there is none. */
export function planDigest(
  settings: Pick<NotificationSettings, 'digest' | 'quiet' | 'timeZone'>,
  accountZone: string,
  now: Date,
): Date | null {
  const { digest, quiet } = settings
  const zone = zoneOf(settings, accountZone)
  switch (digest.mode) {
    case 'off':
      return null
    case 'hourly':
      return new Date(endOfQuiet(quiet, zone, now.getTime() + HOUR_MS))
    case 'daily':
      return new Date(endOfQuiet(quiet, zone, nextTimeAt(digest.at, zone, now.getTime())))
  }
}
