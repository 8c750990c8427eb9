import type { TaskId, TaskKind, UserId } from '@parley/protocol/model'

/** Which tasks a list is of; as the server takes it. */
export interface TaskWish {
  isDone: boolean
  responsible: 'all' | UserId
  kind?: TaskKind
  /** Due from then on, and before: milliseconds. */
  from?: number
  to?: number
}

/** The second part is not the id of a task. */
export const taskKeys = {
  everyList: ['tasks'] as const,
  list: (wish: TaskWish) => ['tasks', wish] as const,
  one: (id: TaskId) => ['task', id] as const,
  everyOne: ['task'] as const,
}
export type TaskListKey = ReturnType<typeof taskKeys.list>
