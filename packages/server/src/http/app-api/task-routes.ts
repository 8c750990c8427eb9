import {
  type ChatId,
  type ContactId,
  changeTaskRequest,
  doneTaskRequest,
  type LeadId,
  newTaskRequest,
  type RightAct,
  type TaskId,
  taskFilter,
  type UserId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { accessContact } from '../../domain/contacts/access-contact.ts'
import { accessLead } from '../../domain/leads/access-lead.ts'
import { accessTask, mayGiveTask } from '../../domain/tasks/access-task.ts'
import {
  changeTask,
  createTask,
  deleteTask,
  finishTask,
  reopenTask,
  restoreTask,
} from '../../domain/tasks/change-task.ts'
import { countTasks, listTasks } from '../../domain/tasks/list-tasks.ts'
import { getTask } from '../../domain/tasks/task-queries.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What somebody is to do, and until when. */
export function taskRoutes(app: FastifyInstance, deps: AppDeps): void {
  const taskOf = (request: FastifyRequest, act: RightAct = 'edit') =>
    accessTask(deps.hotPool, viewerOf(request), readNumber<TaskId>(request.params, 'taskId'), act)

  app.get('/tasks', async (request) => {
    const { key, limit } = readPage(request.query)
    return listTasks(deps, viewerOf(request), readInput(taskFilter, request.query), { after: key, limit })
  })

  app.get('/tasks/counts', async (request) => countTasks(deps, viewerOf(request)))

  app.get('/tasks/:taskId', async (request) =>
    getTask(deps.hotPool, viewerOf(request).account.id, await taskOf(request, 'view')),
  )

  app.post('/tasks', async (request) => {
    const given = readInput(newTaskRequest, request.body)
    const viewer = viewerOf(request)
    if (given.leadId !== undefined) await accessLead(deps.hotPool, viewer, given.leadId as LeadId)
    if (given.contactId !== undefined) await accessContact(deps.hotPool, viewer, given.contactId as ContactId)
    if (given.chatId !== undefined) await accessChat(deps.hotPool, viewer, given.chatId as ChatId)
    mayGiveTask(viewer, (given.responsibleUserId ?? viewer.user.id) as UserId)
    return createTask(deps, viewer, given)
  })

  app.patch('/tasks/:taskId', async (request) => {
    const given = readInput(changeTaskRequest, request.body)
    const viewer = viewerOf(request)
    if (given.responsibleUserId !== undefined) mayGiveTask(viewer, given.responsibleUserId as UserId)
    return changeTask(deps, viewer, await taskOf(request), given)
  })

  app.post('/tasks/:taskId/done', async (request) => {
    const { result } = readInput(doneTaskRequest, request.body)
    return finishTask(deps, viewerOf(request), await taskOf(request), result)
  })

  app.post('/tasks/:taskId/reopen', async (request) => reopenTask(deps, viewerOf(request), await taskOf(request)))

  app.delete('/tasks/:taskId', async (request, reply) => {
    await deleteTask(deps, viewerOf(request), await taskOf(request, 'delete'))
    return reply.code(204).send()
  })

  app.post('/tasks/:taskId/restore', async (request) =>
    restoreTask(deps, viewerOf(request), await taskOf(request, 'delete')),
  )
}
