import { type ChatId, typingNotice } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { showUserTyping } from '../../domain/chats/typing.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function typingRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/chats/:chatId/typing', async (request, reply) => {
    const { postId } = readInput(typingNotice, request.body)
    await showUserTyping(deps, viewerOf(request), { chatId: readUuid<ChatId>(request.params, 'chatId'), postId })
    return reply.code(204).send()
  })
}
