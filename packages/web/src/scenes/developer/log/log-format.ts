import { getLanguage } from '../../../i18n/texts.ts'

const DAY_MS = 24 * 60 * 60_000

/** To the second today, with the day before that. */
export function clockTime(at: number, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  const options: Intl.DateTimeFormatOptions =
    isToday || now - at < DAY_MS / 4
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
      : { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return new Intl.DateTimeFormat(getLanguage(), options).format(at)
}

/** How long something took. */
export function duration(ms: number): string {
  const options: Intl.NumberFormatOptions =
    ms < 10_000
      ? { style: 'unit', unit: 'millisecond', maximumFractionDigits: ms < 10 ? 1 : 0 }
      : { style: 'unit', unit: 'second', maximumFractionDigits: 1 }
  return new Intl.NumberFormat(getLanguage(), options).format(ms < 10_000 ? ms : ms / 1000)
}

/** Of the ids in a path the beginning: what is behind them tells lines apart. */
export const shortPath = (path: string): string => path.replace(/([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '$1…')

/** What a field for a day and a time holds; undefined: nothing that is one. */
export function toTime(text: string | undefined): number | undefined {
  const time = text ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
