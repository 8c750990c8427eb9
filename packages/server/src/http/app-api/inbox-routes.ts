import {
  type BulkJobId,
  bulkRequest,
  type ChatId,
  changeViewRequest,
  chatAction,
  createViewRequest,
  inboxQuery,
  type ViewId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { getChat } from '../../domain/chats/chat-queries.ts'
import { getBulk, listBulk, presentBulk } from '../../domain/inbox/bulk-jobs.ts'
import { countViews } from '../../domain/inbox/count-views.ts'
import { listChats, listMarks } from '../../domain/inbox/list-chats.ts'
import { listMuted } from '../../domain/inbox/mute-chats.ts'
import { runBulk, undoBulk } from '../../domain/inbox/run-bulk.ts'
import { changeView, createView, deleteView, listViews, readQuery } from '../../domain/inbox/views.ts'
import { readInput, readNumber, readPage, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Where a page begins instead of behind another: a time. */
const start = z.object({ from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional() })

/** Lists of chats: what is in them, how many, under which names; and what is done to chats, one or many. */
export function inboxRoutes(app: FastifyInstance, deps: AppDeps): void {
  const listOf = (request: FastifyRequest) =>
    readQuery(deps.db, viewerOf(request), readInput(inboxQuery, request.query))

  app.get('/chats', async (request) => {
    const { key, limit } = readPage(request.query)
    const { from } = readInput(start, request.query)
    return listChats(deps, viewerOf(request), { ...(await listOf(request)), after: key, from, limit })
  })

  app.get('/chats/marks', async (request) => listMarks(deps, viewerOf(request), await listOf(request)))

  app.post('/chats/bulk', async (request) => ({
    job: presentBulk(await runBulk(deps, viewerOf(request), readInput(bulkRequest, request.body))),
  }))

  app.post('/chats/:chatId/actions', async (request) => {
    const viewer = viewerOf(request)
    const action = readInput(chatAction, request.body)
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    const job = presentBulk(await runBulk(deps, viewer, { action, ids: [chatId] }))
    return { job, chat: await getChat(deps.hotPool, viewer.account.id, chatId) }
  })

  viewRoutes(app, deps, listOf)
  bulkRoutes(app, deps)

  app.get('/muted-chats', async (request) => {
    const { account, user } = viewerOf(request)
    return { ids: await listMuted(deps.db, account.id, user.id) }
  })
}

function viewRoutes(
  app: FastifyInstance,
  deps: AppDeps,
  listOf: (request: FastifyRequest) => ReturnType<typeof readQuery>,
): void {
  const viewId = (request: FastifyRequest) => readNumber<ViewId>(request.params, 'viewId')

  app.get('/views', async (request) => ({ items: await listViews(deps.db, viewerOf(request)) }))

  app.get('/views/counts', async (request) => {
    // Without filters only the tabs are counted.
    const hasFilters = Object.keys(request.query as object).length > 0
    return countViews(deps, viewerOf(request), hasFilters ? await listOf(request) : undefined)
  })

  app.post('/views', async (request, reply) => {
    const view = await createView(deps, viewerOf(request), readInput(createViewRequest, request.body))
    return reply.code(201).send(view)
  })

  app.patch('/views/:viewId', async (request) =>
    changeView(deps, viewerOf(request), viewId(request), readInput(changeViewRequest, request.body)),
  )

  app.delete('/views/:viewId', async (request, reply) => {
    await deleteView(deps, viewerOf(request), viewId(request))
    return reply.code(204).send()
  })
}

function bulkRoutes(app: FastifyInstance, deps: AppDeps): void {
  const jobId = (request: FastifyRequest) => readUuid<BulkJobId>(request.params, 'jobId')

  app.get('/bulk', async (request) => ({ items: (await listBulk(deps.db, viewerOf(request))).map(presentBulk) }))

  app.get('/bulk/:jobId', async (request) => ({
    job: presentBulk(await getBulk(deps.db, viewerOf(request), jobId(request))),
  }))

  app.post('/bulk/:jobId/undo', async (request) => ({
    job: presentBulk(await undoBulk(deps, viewerOf(request), jobId(request))),
  }))
}
