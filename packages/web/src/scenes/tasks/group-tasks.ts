import type { Task } from '@parley/protocol/model'
import { createFormat, format } from '../../parts/format.ts'
import { dayAfter, today } from '../../parts/tasks/due.ts'

export const TASK_GROUPS = ['late', 'today', 'tomorrow', 'later'] as const
export type TaskGroup = (typeof TASK_GROUPS)[number]

/** On which day it is due: a whole day is one where the account is, a moment one where the person looks. */
export const dayOfTask = ({ dueAt, dueOn }: Pick<Task, 'dueAt' | 'dueOn'>): string => dueOn ?? format.dayKey(dueAt)

export function groupOf(task: Pick<Task, 'dueAt' | 'dueOn'>, now: number, timeZone: string): TaskGroup {
  if (task.dueAt < now) return 'late'
  const own = task.dueOn === null ? format.dayKey(now) : today(now, timeZone)
  const day = dayOfTask(task)
  if (day <= own) return 'today'
  return day === dayAfter(own, 1) ? 'tomorrow' : 'later'
}

export type ListRow = { kind: 'head'; group: TaskGroup; count: number } | { kind: 'task'; task: Task }

/** The tasks under the heads of their groups, in the order they come. */
export function toRows(tasks: readonly Task[], now: number, timeZone: string): ListRow[] {
  return TASK_GROUPS.flatMap((group): ListRow[] => {
    const items = tasks.filter((task) => groupOf(task, now, timeZone) === group)
    if (items.length === 0) return []
    return [{ kind: 'head', group, count: items.length }, ...items.map((task): ListRow => ({ kind: 'task', task }))]
  })
}

/** Monday to Sunday around a day. */
export function weekOf(day: string): string[] {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = dayAfter(day, -weekday)
  return Array.from({ length: 7 }, (_, index) => dayAfter(monday, index))
}

const DAY_MS = 24 * 60 * 60_000

/** All that may fall into these days, in whatever zones; what does not is left out when it is known. */
export function boundsOf(days: readonly string[]): { from: number; to: number } {
  const at = (day: string | undefined) => Date.parse(`${day}T00:00:00Z`)
  return { from: at(days[0]) - DAY_MS, to: at(days.at(-1)) + 2 * DAY_MS }
}

/** The same task on another day: a whole day, or the same time on the clock. */
export function movedTo(task: Pick<Task, 'dueAt' | 'dueOn'>, day: string): { dueOn: string } | { dueAt: number } {
  if (task.dueOn !== null) return { dueOn: day }
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const due = new Date(task.dueAt)
  due.setFullYear(year, month - 1, date)
  return { dueAt: due.getTime() }
}

const weekday = (day: string, style: 'short' | 'long', locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

/** `Mon 30`, and `Monday 30 November` for those who hear it. */
export function namesOfDay(day: string, locale: string): { weekday: string; date: string; full: string } {
  const at = Date.parse(`${day}T00:00:00Z`)
  const full = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  return { weekday: weekday(day, 'short', locale), date: String(new Date(at).getUTCDate()), full: full.format(at) }
}

/** `30 Nov – 6 Dec 2026` */
export function nameOfWeek(days: readonly string[], locale: string): string {
  const parts = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  const range = new Intl.DateTimeFormat(locale, parts)
  return range.formatRange(Date.parse(`${days[0]}T00:00:00Z`), Date.parse(`${days.at(-1)}T00:00:00Z`))
}

/** The day it is where the account is. */
export const ownDay = (now: number, timeZone: string): string => createFormat('en', timeZone).dayKey(now)
