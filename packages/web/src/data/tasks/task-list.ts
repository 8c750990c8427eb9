import type { Page, RealtimeEvent, Task, TaskId } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'
import type { TaskWish } from './task-keys.ts'

export type TasksData = InfiniteData<Page<Task>, PageKey>

export const flattenTasks = (data: TasksData): Task[] => data.pages.flatMap((page) => page.items)

export function matchesWish(task: Task, { isDone, responsible, kind, from, to }: TaskWish): boolean {
  return (
    (task.doneAt !== null) === isDone &&
    (responsible === 'all' || task.responsible.id === responsible) &&
    (kind === undefined || task.kind === kind) &&
    (from === undefined || task.dueAt >= from) &&
    (to === undefined || task.dueAt < to)
  )
}

/** As the server orders them: what is due first comes first; of what is done the last one. */
const inOrder = ({ isDone }: TaskWish) =>
  isDone
    ? (a: Task, b: Task) => (b.doneAt ?? 0) - (a.doneAt ?? 0) || b.id - a.id
    : (a: Task, b: Task) => a.dueAt - b.dueAt || a.id - b.id

/**
 * Puts what the events tell into a list: tasks change, leave, and come where they belong. What belongs behind what is loaded
 * stays unloaded. Applying an event twice changes nothing more.
 */
export function applyToTasks(data: TasksData, events: readonly RealtimeEvent[], wish: TaskWish): TasksData {
  const changes = changesOf(events)
  if (changes.size === 0) return data
  const compare = inOrder(wish)
  const before = flattenTasks(data)
  const kept = before.filter((task) => !changes.has(task.id))
  const isWhole = data.pages.at(-1)?.next === null
  const last = before.at(-1)
  const come = [...changes.values()].filter(
    (task): task is Task =>
      task !== null && matchesWish(task, wish) && (isWhole || (last !== undefined && compare(task, last) <= 0)),
  )
  if (kept.length === before.length && come.length === 0) return data
  return repaginate(data, [...kept, ...come].sort(compare))
}

/** Null: deleted, or not to be seen any more. */
function changesOf(events: readonly RealtimeEvent[]): Map<TaskId, Task | null> {
  const changes = new Map<TaskId, Task | null>()
  for (const { task, removedTaskId, hiddenTaskId } of events) {
    if (task) changes.set(task.id, task)
    const gone = removedTaskId ?? hiddenTaskId
    if (gone !== undefined) changes.set(gone, null)
  }
  return changes
}

/** All in the first page: the keys of pages are places, so the next one is the same as before. */
function repaginate({ pages, pageParams }: TasksData, items: Task[]): TasksData {
  const next = pages.at(-1)?.next ?? null
  return { pages: [{ items, next }], pageParams: pageParams.slice(0, 1) }
}
