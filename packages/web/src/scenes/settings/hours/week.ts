import type { Shift, WorkingHours } from '@parley/protocol/model'

export const USUAL: WorkingHours = {
  week: [1, 2, 3, 4, 5, 6, 7].map((day) => (day < 6 ? [[9 * 60, 18 * 60]] : [])),
  holidays: [],
}

const HOUR = 60
const DAY = 24 * HOUR
/** A break between two shifts, and how long the second one is at first. */
const BREAK = HOUR
const SECOND = 3 * HOUR

/** As a time field has it; the end of a day is its midnight. */
export const toTime = (minutes: number): string =>
  `${String(Math.floor(minutes / HOUR) % 24).padStart(2, '0')}:${String(minutes % HOUR).padStart(2, '0')}`

export function fromTime(time: string, isEnd: boolean): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const sum = hours * HOUR + minutes
  return isEnd && sum === 0 ? DAY : sum
}

/** The first day whose hours are out of order; undefined when all are well. */
export function findWrongDay({ week }: WorkingHours): number | undefined {
  const index = week.findIndex((shifts) =>
    shifts.some(([from, to], place) => from >= to || (place > 0 && shifts[place - 1]![1] > from)),
  )
  return index < 0 ? undefined : index + 1
}

/** One shift more: after the last, or out of it with a break in its middle; undefined where there is no room. */
export function withShift(shifts: readonly Shift[]): Shift[] | undefined {
  const last = shifts.at(-1)
  if (!last) return [[9 * HOUR, 18 * HOUR]]
  const [from, to] = last
  if (to + BREAK + HOUR <= DAY) return [...shifts, [to + BREAK, Math.min(to + BREAK + SECOND, DAY)]]
  const middle = Math.floor((from + to) / 2 / HOUR) * HOUR
  if (middle <= from || middle + BREAK >= to) return undefined
  return [...shifts.slice(0, -1), [from, middle], [middle + BREAK, to]]
}

/** What clocks show somewhere. */
export interface WallTime {
  /** `2026-11-28` */
  date: string
  /** Since midnight. */
  minute: number
}

export function wallTime(at: number, timeZone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * HOUR + Number(parts.minute),
  }
}

/** Whether people work now, and until or from when. `date`: null when it is today. */
export type HoursNow =
  | { kind: 'open' | 'closed'; date: string | null; minute: number }
  /** No end of it within a week, no beginning within a year. */
  | { kind: 'always' | 'never' }

const DAYS_AHEAD = 366

export function hoursNow(hours: WorkingHours, now: WallTime): HoursNow {
  const shift = shiftsOn(hours, now.date).find(([from, to]) => from <= now.minute && now.minute < to)
  return shift ? closingOf(hours, now.date, shift[1]) : openingOf(hours, now)
}

/** A shift that ends at midnight may go on behind it. */
function closingOf(hours: WorkingHours, today: string, end: number): HoursNow {
  let [date, minute] = [today, end]
  for (let days = 0; minute === DAY; days += 1) {
    if (days > 7) return { kind: 'always' }
    const next = shiftsOn(hours, addDay(date)).find(([from]) => from === 0)
    if (!next) break
    ;[date, minute] = [addDay(date), next[1]]
  }
  return { kind: 'open', date: date === today ? null : date, minute }
}

function openingOf(hours: WorkingHours, now: WallTime): HoursNow {
  let date = now.date
  for (let days = 0; days < DAYS_AHEAD; days += 1) {
    const shift = shiftsOn(hours, date).find(([from]) => days > 0 || from > now.minute)
    if (shift) return { kind: 'closed', date: days === 0 ? null : date, minute: shift[0] }
    date = addDay(date)
  }
  return { kind: 'never' }
}

const shiftsOn = ({ week, holidays }: WorkingHours, date: string): readonly Shift[] =>
  holidays.includes(date) ? [] : week[(new Date(date).getUTCDay() + 6) % 7]!

function addDay(date: string): string {
  const next = new Date(date)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}
