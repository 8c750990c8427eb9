import { type ChatId, typingNotice } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { showUserTyping } from '../../domain/chats/typing.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function typingRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/chats/:chatId/typing', async (request, reply) => {
    const { postId } = readInput(typingNotice, request.body)
    const viewer = viewerOf(request)
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    await showUserTyping(deps, viewer, { chatId, postId })
    return reply.code(204).send()
  })
}
