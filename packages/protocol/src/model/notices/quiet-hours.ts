import type { NotificationSettings, QuietHours } from '../shapes/notifications.ts'

const DAY_MINUTES = 24 * 60
const MINUTE_MS = 60_000

/** Where a day stands on the wall of somebody in this time zone. Monday is 1, Sunday 7. */
export function wallClock(atMs: number, timeZone: string): { day: number; minutes: number } {
  const parts = formatterOf(timeZone).formatToParts(atMs)
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const date = new Date(Date.UTC(numberOf('year'), numberOf('month') - 1, numberOf('day')))
  return { day: date.getUTCDay() || 7, minutes: numberOf('hour') * 60 + numberOf('minute') }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making one costs more than using it a thousand times. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  })
  formatters.set(timeZone, made)
  return made
}

/** True within the quiet hours; those that begin in the evening belong to the day they begin on. */
export function isQuiet({ isOn, from, to, days }: QuietHours, timeZone: string, atMs: number): boolean {
  if (!isOn || from === to) return false
  const { day, minutes } = wallClock(atMs, timeZone)
  const yesterday = day === 1 ? 7 : day - 1
  if (from < to) return days.includes(day) && minutes >= from && minutes < to
  return (days.includes(day) && minutes >= from) || (days.includes(yesterday) && minutes < to)
}

/** The next time the wall clock shows these minutes, later than `afterMs`. On a day that skips them, soon after. */
export function nextTimeAt(minutes: number, timeZone: string, afterMs: number): number {
  const start = afterMs - (afterMs % MINUTE_MS)
  const now = wallClock(start, timeZone)
  const ahead = (minutes - now.minutes + DAY_MINUTES) % DAY_MINUTES
  let at = start + (ahead === 0 ? DAY_MINUTES : ahead) * MINUTE_MS
  // The clocks may have been put forward or back on the way.
  const shown = wallClock(at, timeZone).minutes
  const off = ((minutes - shown + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2
  at += off * MINUTE_MS
  return at > afterMs ? at : at + DAY_MINUTES * MINUTE_MS
}

/** When it is quiet no more; `atMs` itself when it is not quiet. */
export function endOfQuiet(quiet: QuietHours, timeZone: string, atMs: number): number {
  return isQuiet(quiet, timeZone, atMs) ? nextTimeAt(quiet.to, timeZone, atMs) : atMs
}

/** The settings' own time zone, else the account's. */
export const zoneOf = (settings: Pick<NotificationSettings, 'timeZone'>, accountZone: string): string =>
  settings.timeZone ?? accountZone
