import { getLanguage } from '../../i18n/texts.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time as one figure: `45 sec`, `12 min`, `3.5 hr`; a dash when there is none. */
export function waitText(ms: number | null): string {
  if (ms === null) return '–'
  const [unit, size] =
    ms < MINUTE
      ? (['second', SECOND] as const)
      : ms < HOUR
        ? (['minute', MINUTE] as const)
        : ms < 2 * DAY
          ? (['hour', HOUR] as const)
          : (['day', DAY] as const)
  const amount = ms / size
  const digits = amount < 10 && unit !== 'second' ? 1 : 0
  return new Intl.NumberFormat(getLanguage(), {
    ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits },
  }).format(amount)
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(getLanguage(), { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** A day of the account, which is in no zone of ours. */
export const dayText = (day: string): string =>
  new Intl.DateTimeFormat(getLanguage(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(day))

/** Monday is 1. The fifth of January 2026 is one. */
export const weekdayText = (weekday: number): string =>
  new Intl.DateTimeFormat(getLanguage(), { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + weekday))

export const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`
