import { type ChatId, type MessageId, reactRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { reactAsUser } from '../../domain/reactions/react-as-user.ts'
import { buildReactionHook } from '../../wire/reaction-hook.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function reactionRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.put('/chats/:chatId/messages/:messageId/reaction', async (request) => {
    const { emoji } = readInput(reactRequest, request.body)
    const chatId = await accessChat(deps.hotPool, viewerOf(request), readUuid<ChatId>(request.params, 'chatId'))
    const messageId = readUuid<MessageId>(request.params, 'messageId')
    const wish = { chatId, messageId, emoji }
    return { message: await reactAsUser({ ...deps, buildHook: buildReactionHook }, viewerOf(request), wish) }
  })
}
