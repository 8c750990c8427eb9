import { type ChatId, saveDraftRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { listDrafts } from '../../domain/drafts/draft-queries.ts'
import { saveDraft } from '../../domain/drafts/save-draft.ts'
import { readInput, readPage, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

const draftParams = z.object({ kind: z.enum(['reply', 'note']) })

/** What the viewer has begun to write; nobody else sees it. */
export function draftRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/drafts', async (request) => {
    const { key, limit } = readPage(request.query)
    return listDrafts(deps.hotPool, viewerOf(request), { after: key, limit })
  })

  app.put('/chats/:chatId/drafts/:kind', async (request) => {
    const viewer = viewerOf(request)
    const { kind } = readInput(draftParams, request.params)
    const draft = readInput(saveDraftRequest, request.body)
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    return { draft: await saveDraft(deps, viewer, { chatId, kind }, draft) }
  })
}
