import { getLanguage } from '../../../i18n/texts.ts'

/** 0: Monday. */
export const dayName = (day: number): string => nameOf(Date.UTC(2026, 0, 5 + day))

/** Of a date: `2026-11-30`. */
export const dayNameOf = (date: string): string => nameOf(Date.parse(date))

const nameOf = (at: number) => new Intl.DateTimeFormat(getLanguage(), { weekday: 'long', timeZone: 'UTC' }).format(at)
