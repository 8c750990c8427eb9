import type { TaskId, TaskKind, UserId } from '@parley/protocol/model'

/** What the address says of the tasks: a link reproduces the screen. */
export interface TaskSearch {
  /** Absent: what is to be done, as a list. */
  view?: 'week' | 'done'
  /** Whose; absent: one's own. */
  who?: 'all' | UserId
  kind?: TaskKind
  /** A day of the week that is shown: `2026-11-30`. */
  day?: string
  /** The one that is open, wherever it stands. */
  task?: TaskId
}

const KINDS: readonly TaskKind[] = ['call', 'meeting', 'other']
const DAY = /^\d{4}-\d{2}-\d{2}$/

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** Takes what makes sense; what does not is left out. */
export function readTaskSearch({ view, who, kind, day, task }: Record<string, unknown>): TaskSearch {
  const search: TaskSearch = {}
  if (view === 'week' || view === 'done') search.view = view
  if (who === 'all') search.who = who
  else if (isId(who)) search.who = who as UserId
  const found = KINDS.find((one) => one === kind)
  if (found) search.kind = found
  if (typeof day === 'string' && DAY.test(day) && !Number.isNaN(Date.parse(day))) search.day = day
  if (isId(task)) search.task = task as TaskId
  return search
}
