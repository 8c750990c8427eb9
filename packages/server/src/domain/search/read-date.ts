/** A span of time as somebody writes it: a day, a month or a year of the account's calendar. */
export interface DateSpan {
  fromMs: number
  /** The first moment behind it. */
  toMs: number
}

const FORMS: readonly [RegExp, order: readonly ('year' | 'month' | 'day')[]][] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, ['year', 'month', 'day']],
  [/^(\d{1,2})[./](\d{1,2})[./](\d{4})$/, ['day', 'month', 'year']],
  [/^(\d{4})-(\d{1,2})$/, ['year', 'month']],
  [/^(\d{1,2})[./](\d{4})$/, ['month', 'year']],
  [/^(\d{4})$/, ['year']],
]
const LAST_YEAR = 9999
const DAY_MS = 86_400_000

/** `2026-03-01`, `01.03.2026`, `2026-03`, `2026`, `today`, `yesterday`; undefined for anything else. */
export function readDate(text: string, timeZone: string, nowMs: number): DateSpan | undefined {
  const word = text.toLowerCase()
  if (word === 'today' || word === 'yesterday') {
    const [year, month, day] = calendarOf(nowMs, timeZone)
    const back = word === 'today' ? 0 : 1
    return span(timeZone, [year, month, day - back], [year, month, day - back + 1])
  }
  for (const [form, order] of FORMS) {
    const match = form.exec(text)
    if (!match) continue
    const part = (name: 'year' | 'month' | 'day') => {
      const index = order.indexOf(name)
      return index < 0 ? undefined : Number(match[index + 1])
    }
    return spanOf(timeZone, part('year') ?? 0, part('month'), part('day'))
  }
  return undefined
}

function spanOf(timeZone: string, year: number, month?: number, day?: number): DateSpan | undefined {
  if (year < 1 || year > LAST_YEAR) return undefined
  if (month === undefined) return span(timeZone, [year, 1, 1], [year + 1, 1, 1])
  if (month < 1 || month > 12) return undefined
  if (day === undefined) return span(timeZone, [year, month, 1], [year, month + 1, 1])
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return day < 1 || day > last ? undefined : span(timeZone, [year, month, day], [year, month, day + 1])
}

type CalendarDay = readonly [year: number, month: number, day: number]

const span = (timeZone: string, from: CalendarDay, to: CalendarDay): DateSpan => ({
  fromMs: startOf(from, timeZone),
  toMs: startOf(to, timeZone),
})

/** When a day begins there. Twice, for the clock may have been put forward or back in between. */
function startOf([year, month, day]: CalendarDay, timeZone: string): number {
  const asUtc = new Date(0)
  asUtc.setUTCFullYear(year, month - 1, day)
  const first = asUtc.getTime() - offsetAt(asUtc.getTime(), timeZone)
  return asUtc.getTime() - offsetAt(first, timeZone)
}

/** How far a zone's clock is ahead of UTC. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  const there = new Date(0)
  there.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  there.setUTCHours(part('hour'), part('minute'), part('second'))
  const whole = Math.floor(ms / 1000) * 1000
  return Math.abs(there.getTime() - whole) > 2 * DAY_MS ? 0 : there.getTime() - whole
}

function calendarOf(ms: number, timeZone: string): CalendarDay {
  const there = new Date(ms + offsetAt(ms, timeZone))
  return [there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate()]
}
