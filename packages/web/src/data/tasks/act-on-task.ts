import type { ChangeTaskRequest, NewTaskRequest, Task } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { dated } from '../fresh.ts'
import { showAnswer } from '../show-answer.ts'
import * as endpoints from './endpoints.ts'

/** Each shows at once what the server answered; the stream tells the same to everybody. */
async function shown(client: QueryClient, change: () => Promise<Task>): Promise<Task> {
  const { answer: task, since } = await dated(change)
  showAnswer(client, since, { type: 'task.changed', task })
  return task
}

export const addTask = (client: QueryClient, body: NewTaskRequest) => shown(client, () => endpoints.createTask(body))
export const saveTask = (client: QueryClient, { id }: Pick<Task, 'id'>, patch: ChangeTaskRequest) =>
  shown(client, () => endpoints.changeTask(id, patch))
export const endTask = (client: QueryClient, { id }: Pick<Task, 'id'>, result?: string) =>
  shown(client, () => endpoints.finishTask(id, result))
export const reopenTask = (client: QueryClient, { id }: Pick<Task, 'id'>) =>
  shown(client, () => endpoints.reopenTask(id))
export const restoreTask = (client: QueryClient, { id }: Pick<Task, 'id'>) =>
  shown(client, () => endpoints.restoreTask(id))

export async function removeTask(client: QueryClient, { id }: Pick<Task, 'id'>): Promise<void> {
  await endpoints.deleteTask(id)
  showAnswer(client, undefined, { type: 'task.changed', removedTaskId: id })
}
