import type { Page, Task, TaskId } from '@parley/protocol/model'
import { infiniteQueryOptions, type QueryClient, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { request } from '../api.ts'
import { addApplier } from '../appliers/more.ts'
import { useConnection } from '../connection.ts'
import type { PageKey } from '../endpoints.ts'
import { fetchFresh } from '../fresh.ts'
import { type TaskListKey, type TaskWish, taskKeys } from './task-keys.ts'
import { applyToTasks, flattenTasks, type TasksData } from './task-list.ts'

const FIRST: PageKey = null
const AT_ONCE = 100

function listTasks({ isDone, ...wish }: TaskWish, after: PageKey, signal: AbortSignal): Promise<Page<Task>> {
  const query = new URLSearchParams({ limit: String(AT_ONCE) })
  if (isDone) query.set('when', 'done')
  for (const [name, value] of Object.entries(wish)) if (value !== undefined) query.set(name, String(value))
  if (after !== null) query.set('after', after)
  return request('GET', `/tasks?${query}`, undefined, signal)
}

const tasksQuery = (wish: TaskWish) =>
  infiniteQueryOptions<Page<Task>, Error, TasksData, TaskListKey, PageKey>({
    queryKey: taskKeys.list(wish),
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }) =>
      fetchFresh(
        () => listTasks(wish, pageParam, signal),
        (page, events) => applyToTasks({ pages: [page], pageParams: [pageParam] }, events, wish).pages[0]!,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Tasks in their order, as many pages as were asked for. */
export function useTasks(wish: TaskWish) {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery({ ...tasksQuery(wish), enabled })
  const tasks = useMemo(() => (query.data ? flattenTasks(query.data) : []), [query.data])
  return { query, tasks }
}

export const taskQuery = (id: TaskId) =>
  queryOptions({
    queryKey: taskKeys.one(id),
    queryFn: ({ signal }) => request<Task>('GET', `/tasks/${id}`, undefined, signal),
  })

addApplier((client: QueryClient, events) => {
  const isAbout = events.some(({ task, removedTaskId, hiddenTaskId }) => task ?? removedTaskId ?? hiddenTaskId)
  if (!isAbout) return
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: taskKeys.everyList })) {
    const [, wish] = queryKey as unknown as TaskListKey
    client.setQueryData<TasksData>(queryKey, (data) => data && applyToTasks(data, events, wish))
  }
  for (const { task, removedTaskId, hiddenTaskId } of events) {
    if (task) client.setQueryData<Task>(taskKeys.one(task.id), (data) => data && task)
    const gone = removedTaskId ?? hiddenTaskId
    if (gone !== undefined) void client.invalidateQueries({ queryKey: taskKeys.one(gone) })
  }
})
