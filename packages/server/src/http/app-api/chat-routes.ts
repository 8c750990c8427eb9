import { type ChatId, type MessageId, sendMessageRequest, startChatRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import { markChatRead } from '../../domain/chats/mark-chat-read.ts'
import { retryMessage } from '../../domain/deliveries/retry-message.ts'
import { getChatDetails } from '../../domain/leads/get-chat-details.ts'
import { listEarlierTexts } from '../../domain/messages/list-earlier-texts.ts'
import { getMessage } from '../../domain/messages/message-queries.ts'
import { listThread } from '../../domain/notes/list-thread.ts'
import { type ReplyDeps, sendReply } from '../../domain/replies/send-reply.ts'
import { startChat } from '../../domain/replies/start-chat.ts'
import { buildMessageHook } from '../../wire/hook-bodies.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { readThreadPart } from '../middleware/read-thread-part.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function chatRoutes(app: FastifyInstance, deps: AppDeps): void {
  const replyDeps: ReplyDeps = {
    ...deps,
    buildHook: (asked, reply) => buildMessageHook(asked, reply, deps.publicUrl()),
  }

  const chatOf = (request: FastifyRequest) =>
    accessChat(deps.hotPool, viewerOf(request), readUuid<ChatId>(request.params, 'chatId'))

  app.get('/chats/:chatId', async (request) =>
    getChatDetails(deps.hotPool, viewerOf(request).account.id, await chatOf(request)),
  )

  app.get('/chats/:chatId/messages', async (request) => {
    const { limit, ...part } = readThreadPart(request.query)
    const id = await chatOf(request)
    return listThread(deps.hotPool, { accountId: viewerOf(request).account.id, id }, part, limit)
  })

  app.post('/chats/:chatId/messages', async (request) => {
    const message = readInput(sendMessageRequest, request.body)
    const chatId = await chatOf(request)
    return { message: await sendReply(replyDeps, viewerOf(request), chatId, message) }
  })

  app.post('/chats', async (request) =>
    startChat(replyDeps, viewerOf(request), readInput(startChatRequest, request.body)),
  )

  app.get('/chats/:chatId/messages/:messageId/edits', async (request) => ({
    items: await listEarlierTexts(deps.db, viewerOf(request).account.id, {
      chatId: await chatOf(request),
      messageId: readUuid<MessageId>(request.params, 'messageId'),
    }),
  }))

  app.post('/chats/:chatId/messages/:messageId/retry', async (request) => {
    const accountId = viewerOf(request).account.id
    const chatId = await chatOf(request)
    const messageId = readUuid<MessageId>(request.params, 'messageId')
    await retryMessage(deps, { accountId, chatId, messageId })
    return { message: await getMessage(deps.hotPool, accountId, chatId, messageId) }
  })

  app.post('/chats/:chatId/read', async (request, reply) => {
    const { account, user } = viewerOf(request)
    await markChatRead(deps, {
      accountId: account.id,
      chatId: await chatOf(request),
      userId: user.id,
    })
    return reply.code(204).send()
  })
}
