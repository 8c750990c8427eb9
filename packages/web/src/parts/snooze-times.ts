const IDS = ['hour', 'later', 'evening', 'tomorrow', 'monday'] as const

export interface SnoozeTime {
  /** Its text is `parts.snoozeTime.<id>`. */
  id: (typeof IDS)[number]
  at: number
}

const HOUR_MS = 60 * 60_000
const HALF_HOUR_MS = HOUR_MS / 2
const LATER_MS = 3 * HOUR_MS
const MORNING = 9
const EVENING = 18
const MONDAY = 1
const WEEK = 7

/** Times one may want to come back at, soonest first; by the clock of whoever looks. */
export function listSnoozeTimes(now: number): SnoozeTime[] {
  const today = new Date(now)
  const at = (days: number, hour: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, hour).getTime()
  const evening = at(0, EVENING)
  const later = Math.ceil((now + LATER_MS) / HALF_HOUR_MS) * HALF_HOUR_MS
  const toMonday = (MONDAY - today.getDay() + WEEK) % WEEK || WEEK
  return [
    { id: 'hour', at: now + HOUR_MS },
    // Towards the evening it would be the night.
    ...(later < evening ? [{ id: 'later' as const, at: later }] : []),
    ...(evening > now + HOUR_MS ? [{ id: 'evening' as const, at: evening }] : []),
    { id: 'tomorrow', at: at(1, MORNING) },
    // On a Sunday it is tomorrow.
    ...(toMonday > 1 ? [{ id: 'monday' as const, at: at(toMonday, MORNING) }] : []),
  ]
}
