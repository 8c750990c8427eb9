import type { ChangeTaskRequest, NewTaskRequest, Task, TaskId } from '@parley/protocol/model'
import { request } from '../api.ts'

const path = (id: TaskId) => `/tasks/${id}`

export const createTask = (body: NewTaskRequest) => request<Task>('POST', '/tasks', body)
export const changeTask = (id: TaskId, patch: ChangeTaskRequest) => request<Task>('PATCH', path(id), patch)
export const finishTask = (id: TaskId, result?: string) =>
  request<Task>('POST', `${path(id)}/done`, result === undefined ? {} : { result })
export const reopenTask = (id: TaskId) => request<Task>('POST', `${path(id)}/reopen`)
export const deleteTask = (id: TaskId) => request<void>('DELETE', path(id))
export const restoreTask = (id: TaskId) => request<Task>('POST', `${path(id)}/restore`)
