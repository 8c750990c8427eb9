import { type ChatId, searchChatRequest, searchRequest, suggestRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { search, searchChat } from '../../domain/search/search.ts'
import { suggest } from '../../domain/search/suggest.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function searchRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/search', async (request) => {
    const { in: groups, ...asked } = readInput(searchRequest, request.query)
    return search(deps, viewerOf(request), { groups, ...asked, after: asked.after })
  })

  app.get('/search/suggest', async (request) => ({
    items: await suggest(deps, viewerOf(request), readInput(suggestRequest, request.query).q),
  }))

  app.get('/chats/:chatId/search', async (request) => {
    const asked = readInput(searchChatRequest, request.query)
    const viewer = viewerOf(request)
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    return searchChat(deps, viewer, chatId, { ...asked, after: asked.after })
  })
}
