import { type ChatId, presenceNotice, typingNotice } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { accessChatOfOwner } from '../../domain/chats/access-chat.ts'
import { showUserTyping } from '../../domain/chats/typing.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Who types and who looks: told to those who may see the chat, and not kept. */
export function typingRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/chats/:chatId/typing', async (request, reply) => {
    const { postId, writing, isTyping } = readInput(typingNotice, request.body)
    const viewer = viewerOf(request)
    const chatId = readUuid<ChatId>(request.params, 'chatId')
    const audience = await accessChatOfOwner(deps.hotPool, viewer, chatId)
    await showUserTyping(deps, viewer, { chatId, audience, writing, isTyping, postId })
    return reply.code(204).send()
  })

  app.post('/chats/:chatId/presence', async (request) => {
    const { tab, isHere } = readInput(presenceNotice, request.body)
    const viewer = viewerOf(request)
    const chatId = readUuid<ChatId>(request.params, 'chatId')
    const audience = await accessChatOfOwner(deps.hotPool, viewer, chatId)
    deps.presence.tell(viewer, { chatId, audience, tab, isHere })
    return { items: deps.presence.list(viewer, chatId) }
  })
}
