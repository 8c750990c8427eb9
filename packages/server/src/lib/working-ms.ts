import { fromLocalMs, toLocalMs } from './local-time.ts'

/** When people work: minutes of the day from and to, Monday first; days off by date. */
export interface Shifts {
  week: readonly (readonly (readonly [from: number, to: number])[])[]
  holidays: readonly string[]
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Longer waits are all alike to whoever looks at percentiles; no loop runs through years. */
const MOST_DAYS = 400

/** How much of the time between two moments falls into the working hours of a time zone. */
export function workingMs(fromMs: number, toMs: number, { week, holidays }: Shifts, timeZone: string): number {
  let sum = 0
  const lastDay = Math.floor(toLocalMs(toMs, timeZone) / DAY_MS)
  let day = Math.floor(toLocalMs(fromMs, timeZone) / DAY_MS)
  for (let left = MOST_DAYS; day <= lastDay && left > 0; day++, left--) {
    const date = new Date(day * DAY_MS)
    if (holidays.includes(date.toISOString().slice(0, 10))) continue
    for (const [from, to] of week[(date.getUTCDay() + 6) % 7] ?? []) {
      const begins = fromLocalMs(day * DAY_MS + from * MINUTE_MS, timeZone)
      const ends = fromLocalMs(day * DAY_MS + to * MINUTE_MS, timeZone)
      sum += Math.max(0, Math.min(ends, toMs) - Math.max(begins, fromMs))
    }
  }
  return sum
}
