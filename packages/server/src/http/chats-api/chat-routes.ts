import type { ChatId } from '@parley/protocol/model'
import {
  createChatRequest,
  deliveryStatusRequest,
  MAX_ID_BYTES,
  reactionRequest,
  typingRequest,
} from '@parley/protocol/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { showClientTyping } from '../../domain/chats/typing.ts'
import { createChat } from '../../domain/ingest/create-chat.ts'
import { listHistory } from '../../domain/messages/list-history.ts'
import { setDeliveryStatus } from '../../domain/messages/set-delivery-status.ts'
import { reactFromChannel } from '../../domain/reactions/react-from-channel.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import { presentChat, toChatWish } from '../../wire/answers.ts'
import { presentHistory, toHistoryPage } from '../../wire/history.ts'
import { toDeliveryReport } from '../../wire/to-delivery-report.ts'
import { toReaction } from '../../wire/to-reaction.ts'
import { answerJson } from './answer-refusal.ts'
import type { ChatsDeps } from './chats-deps.ts'
import { readStrayBody } from './raw-body.ts'
import { getSigningScope, readBody } from './signed-request.ts'

type OfScope = { Params: { scopeId: string } }
type OfMessage = { Params: { scopeId: string; msgid: string } }
type OfChat = { Params: { scopeId: string; chatId: string } }

const SCOPE = '/v2/origin/custom/:scopeId'

/** What a connection does beside sending messages (spec 01 §3.3, §3.5-§3.8). */
export function chatRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  app.post<OfScope>(`${SCOPE}/chats`, async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'newer')
    const wish = toChatWish(readBody(createChatRequest, request, scope.channel))
    return answerJson(reply, presentChat(await createChat(deps, scope, wish)))
  })

  app.get<OfChat>(`${SCOPE}/chats/:chatId/history`, { preValidation: readStrayBody }, async (request, reply) => {
    const { accountId, channelId } = await getSigningScope(deps, request, 'newer')
    const page = toHistoryPage(request.query)
    const chatId = request.params.chatId.toLowerCase() as ChatId
    const messages = isUuid(chatId) ? await listHistory(deps, { accountId, channelId, chatId }, page) : []
    if (messages.length === 0) return reply.code(204).send()
    return answerJson(reply, presentHistory(messages, deps.publicUrl()))
  })

  app.post<OfMessage>(`${SCOPE}/:msgid/delivery_status`, async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'delivery_status')
    const messageRef = checkMessageRef(request.params.msgid)
    const report = toDeliveryReport(readBody(deliveryStatusRequest, request, scope.channel), messageRef)
    await setDeliveryStatus(deps, scope, messageRef, report)
    return reply.send()
  })

  app.post<OfScope>(`${SCOPE}/typing`, async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'newer')
    const { conversation_id, sender, duration_ms } = readBody(typingRequest, request, scope.channel)
    const typing = { chatClientId: conversation_id, clientId: sender.id, durationMs: duration_ms }
    await showClientTyping(deps, scope, typing)
    return reply.code(204).send()
  })

  reactionRoutes(app, deps)
}

function reactionRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  const react = async (request: FastifyRequest<OfScope | OfMessage>, reply: FastifyReply) => {
    const scope = await getSigningScope(deps, request, 'newer')
    const inPath = 'msgid' in request.params ? checkMessageRef(request.params.msgid) : undefined
    await reactFromChannel(deps, scope, toReaction(readBody(reactionRequest, request, scope.channel), inPath))
    return reply.send()
  }
  app.post<OfScope>(`${SCOPE}/react`, react)
  // An official sample has the message's id in the path, as in a delivery status.
  app.post<OfMessage>(`${SCOPE}/:msgid/react`, react)
}

function checkMessageRef(decoded: string): string {
  // No message has such an id, and the database does not take it.
  if (decoded.includes('\0') || Buffer.byteLength(decoded) > MAX_ID_BYTES) {
    throw new AppError('ORIGIN_MESSAGE_NOT_FOUND', 'msgid: no message has such an id')
  }
  return decoded
}
