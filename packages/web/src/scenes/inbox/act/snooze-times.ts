import type { TextKey } from '../../../i18n/t.ts'

export interface SnoozeTime {
  id: string
  label: TextKey
  at: number
}

const MORNING = 9
const EVENING = 18
const LATER_MS = 3 * 60 * 60_000
const MONDAY = 1
const DAYS = 7

/** Times one may want to come back at, by the clock of whoever looks. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime()
  const evening = at(0, EVENING)
  const later = Math.ceil((now.getTime() + LATER_MS) / (30 * 60_000)) * 30 * 60_000
  const toMonday = (MONDAY - now.getDay() + DAYS) % DAYS || DAYS
  return [
    // Towards the evening it would be the night.
    ...(later < evening ? [{ id: 'later', label: 'pickers.laterToday' as const, at: later }] : []),
    ...(now.getTime() < evening - 60 * 60_000
      ? [{ id: 'tonight', label: 'pickers.tonight' as const, at: evening }]
      : []),
    { id: 'tomorrow', label: 'pickers.tomorrow', at: at(1, MORNING) },
    { id: 'week', label: 'pickers.nextWeek', at: at(toMonday, MORNING) },
  ]
}
