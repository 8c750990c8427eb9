import type { ChangeTaskRequest, NewTaskRequest, RealtimeEvent, Task } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { applyEvents } from '../apply-events.ts'
import * as endpoints from './endpoints.ts'

const tell = (client: QueryClient, event: Omit<RealtimeEvent, 'seq' | 'type'>) =>
  applyEvents(client, [{ seq: 0, type: 'task.changed', ...event }])

/** Each shows at once what the server answered; the stream tells the same to everybody. */
async function shown(client: QueryClient, answer: Promise<Task>): Promise<Task> {
  const task = await answer
  tell(client, { task })
  return task
}

export const addTask = (client: QueryClient, body: NewTaskRequest) => shown(client, endpoints.createTask(body))
export const saveTask = (client: QueryClient, { id }: Pick<Task, 'id'>, patch: ChangeTaskRequest) =>
  shown(client, endpoints.changeTask(id, patch))
export const endTask = (client: QueryClient, { id }: Pick<Task, 'id'>, result?: string) =>
  shown(client, endpoints.finishTask(id, result))
export const reopenTask = (client: QueryClient, { id }: Pick<Task, 'id'>) => shown(client, endpoints.reopenTask(id))
export const restoreTask = (client: QueryClient, { id }: Pick<Task, 'id'>) => shown(client, endpoints.restoreTask(id))

export async function removeTask(client: QueryClient, { id }: Pick<Task, 'id'>): Promise<void> {
  await endpoints.deleteTask(id)
  tell(client, { removedTaskId: id })
}
