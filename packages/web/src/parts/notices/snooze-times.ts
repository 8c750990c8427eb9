import type { TextKey } from '../../i18n/t.ts'

const HOUR_MS = 60 * 60_000
const EVENING = 18
const MORNING = 9

export interface SnoozeTime {
  label: TextKey
  at: number
}

/** When a notification can come again, soonest first; by the clock on this wall. */
export function listSnoozeTimes(now: number): SnoozeTime[] {
  const today = new Date(now)
  const day = (days: number, hour: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime()
  const toMonday = (8 - today.getDay()) % 7 || 7
  const times: SnoozeTime[] = [
    { label: 'notifications.inAnHour', at: now + HOUR_MS },
    { label: 'notifications.thisEvening', at: day(0, EVENING) },
    { label: 'notifications.tomorrow', at: day(1, MORNING) },
    { label: 'notifications.nextWeek', at: day(toMonday, MORNING) },
  ]
  // This evening, when it is further off than an hour; on a Sunday, tomorrow is next week.
  return times.filter(
    ({ at }, index) => index === 0 || (at > now + HOUR_MS && times.findIndex((other) => other.at === at) === index),
  )
}
