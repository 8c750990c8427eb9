import { t } from '../i18n/t.ts'
import { getLanguage } from '../i18n/texts.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Times and money as the screens write them. Times are shown in the time zone of the person who looks. */
export function createFormat(locale: string, timeZone?: string) {
  const zone = timeZone === undefined ? {} : { timeZone }
  // 24 hours wherever the language leaves it open: rows are read as a column of figures.
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', ...zone })
  const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...zone })
  const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...zone })
  const fullDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...zone })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', ...zone })
  const calendar = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone })

  /** The calendar day, e.g. `2026-11-20`. */
  const dayKey = (at: number) => calendar.format(at)
  const daysBefore = (at: number, now: number) =>
    Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(at))) / DAY_MS)

  return {
    dayKey,
    time: (at: number) => clock.format(at),
    fullTime: (at: number) => full.format(at),
    date: (at: number) => fullDay.format(at),

    /** For the end of a row: `now`, `5m`, `14:02`, `Mon`, `12 Nov`, `12 Nov 2025`. */
    rowTime(at: number, now: number): string {
      const days = daysBefore(at, now)
      const minutes = Math.floor((now - at) / MINUTE_MS)
      if (minutes < 1 && days <= 0) return t('time.now')
      if (minutes < 60) return t('time.minutesShort', { count: minutes })
      if (days === 0) return clock.format(at)
      if (days < 7) return weekday.format(at)
      return days < 300 ? dayMonth.format(at) : fullDay.format(at)
    },

    /** For the line between two days of a conversation. */
    dayLabel(at: number, now: number): string {
      const days = daysBefore(at, now)
      if (days === 0) return t('time.today')
      if (days === 1) return t('time.yesterday')
      return days > 0 && days < 300 ? longDay.format(at) : fullDay.format(at)
    },

    /** The same of a time to come, as short as it can be: `14:02`, `Mon`, `12 Nov`. */
    rowUntil(at: number, now: number): string {
      const days = -daysBefore(at, now)
      if (days <= 0) return clock.format(at)
      if (days < 7) return weekday.format(at)
      return days < 300 ? dayMonth.format(at) : fullDay.format(at)
    },

    /** A time to come: with the day when it is not today. */
    moment: (at: number, now: number) => (dayKey(at) === dayKey(now) ? clock.format(at) : full.format(at)),
  }
}

type Format = ReturnType<typeof createFormat>

let current: { language: string; format: Format } | undefined

/** Making formats is slow, so they are made again only when the language is another. */
function now(): Format {
  const language = getLanguage()
  if (current?.language !== language) current = { language, format: createFormat(language) }
  return current.format
}

/** The same in the language of the screens. */
export const format: Format = {
  dayKey: (at) => now().dayKey(at),
  time: (at) => now().time(at),
  fullTime: (at) => now().fullTime(at),
  date: (at) => now().date(at),
  rowTime: (at, until) => now().rowTime(at, until),
  rowUntil: (at, until) => now().rowUntil(at, until),
  dayLabel: (at, until) => now().dayLabel(at, until),
  moment: (at, until) => now().moment(at, until),
}

/** A number, e.g. `20,013`. */
export const number = (value: number): string => new Intl.NumberFormat(getLanguage()).format(value)

/** A length of time in one unit, e.g. `3h`. */
export function shortDuration(ms: number): string {
  if (ms < HOUR_MS) return t('time.minutesShort', { count: Math.max(1, Math.floor(ms / MINUTE_MS)) })
  if (ms < DAY_MS) return t('time.hoursShort', { count: Math.floor(ms / HOUR_MS) })
  return t('time.daysShort', { count: Math.floor(ms / DAY_MS) })
}

/** The same in words, e.g. `3 hours`. */
export function longDuration(ms: number): string {
  if (ms < MINUTE_MS) return t('time.lessThanMinute')
  if (ms < HOUR_MS) return t('time.minutes', { count: Math.floor(ms / MINUTE_MS) })
  if (ms < DAY_MS) return t('time.hours', { count: Math.floor(ms / HOUR_MS) })
  return t('time.days', { count: Math.floor(ms / DAY_MS) })
}

/** Whole units of a currency; an unknown code stands beside the number. */
export function money(amount: number, currency: string, locale: string = getLanguage()): string {
  try {
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 0,
    }).format(amount)
  } catch {
    return `${new Intl.NumberFormat(locale).format(amount)} ${currency}`
  }
}

/** For the head of a column: `€12K`. */
export function compactMoney(amount: number, currency: string, locale: string = getLanguage()): string {
  const short = { notation: 'compact', maximumFractionDigits: 1 } as const
  try {
    return new Intl.NumberFormat(locale, {
      ...short,
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).format(amount)
  } catch {
    return `${new Intl.NumberFormat(locale, short).format(amount)} ${currency}`
  }
}
