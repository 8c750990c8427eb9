import type { AmojoId } from '@parley/protocol/model'
import {
  chatEvent,
  connectRequest,
  deliveryStatusRequest,
  disconnectRequest,
  MAX_ID_BYTES,
} from '@parley/protocol/wire'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { connectChannel } from '../../domain/channels/connect-channel.ts'
import { disconnectChannel } from '../../domain/channels/disconnect-channel.ts'
import type { Deps } from '../../domain/deps.ts'
import { findAuthor } from '../../domain/messages/find-author.ts'
import type { Ingest } from '../../domain/messages/inbound-message.ts'
import { setDeliveryStatus } from '../../domain/messages/set-delivery-status.ts'
import { AppError } from '../../lib/app-error.ts'
import { presentConnection, presentStoredMessage, toConnectionSettings } from '../../wire/answers.ts'
import { toDeliveryReport } from '../../wire/to-delivery-report.ts'
import { toInbound, toNewMessage } from '../../wire/to-inbound.ts'
import { answerJson, answerJsonFast, answerRefusal } from './answer-refusal.ts'
import { getSigningChannel, getSigningScope, readBody } from './signed-request.ts'

type ChatsDeps = Deps & { ingest: Ingest }
type OfChannel = { Params: { channelId: string } }
type OfScope = { Params: { scopeId: string } }
type OfMessage = { Params: { scopeId: string; msgid: string } }

const LONGEST_BODY_BYTES = 1024 * 1024
const CHANNEL = '/v2/origin/custom/:channelId'
const SCOPE = '/v2/origin/custom/:scopeId'

/**
 * The chats API (spec 01): what channels call. Every request is checked in this order: who is named in the path, the signature over
 * the raw bytes, the body. `app` must be a scope of its own: its parsers and error answers are these routes' alone.
 */
export function chatsRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  takeRawBodies(app)
  app.setErrorHandler((error, request, reply) => answerRefusal(deps.log, error, request, reply))

  app.post<OfChannel>(`${CHANNEL}/connect`, async (request, reply) => {
    const channel = await getSigningChannel(deps, request, 'connect')
    const settings = toConnectionSettings(readBody(connectRequest, request))
    return answerJson(reply, presentConnection(await connectChannel(deps, channel, settings)))
  })

  const disconnect = async (request: FastifyRequest<OfChannel>, reply: FastifyReply) => {
    const channel = await getSigningChannel(deps, request, 'disconnect')
    const { account_id: amojoId } = readBody(disconnectRequest, request)
    await disconnectChannel(deps, channel, amojoId as AmojoId)
    return reply.send()
  }
  app.delete<OfChannel>(`${CHANNEL}/disconnect`, disconnect)
  // An official sample sends POST, and signs it.
  app.post<OfChannel>(`${CHANNEL}/disconnect`, disconnect)

  app.post<OfScope>(SCOPE, async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'message')
    const message = toNewMessage(readBody(chatEvent, request))
    const refId = message.sender.ref_id
    const author = refId === undefined ? undefined : await findAuthor(deps, scope, refId)
    const stored = await deps.ingest.receive(scope, toInbound(message, { now: deps.clock.now(), author }))
    return answerJsonFast(reply, presentStoredMessage(stored))
  })

  app.post<OfMessage>(`${SCOPE}/:msgid/delivery_status`, async (request, reply) => {
    const scope = await getSigningScope(deps, request, 'delivery_status')
    const messageRef = checkMessageRef(request.params.msgid)
    const report = toDeliveryReport(readBody(deliveryStatusRequest, request), messageRef)
    await setDeliveryStatus(deps, scope, messageRef, report)
    return reply.send()
  })

  // Paths that the service does not know have no body in their answer.
  app.all('/v2/*', async (_, reply) => reply.code(404).send())
}

/** The signature covers the bytes as sent, so a body stays a Buffer, whatever its Content-Type says: the check has words for a wrong one. */
function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const options = { parseAs: 'buffer', bodyLimit: LONGEST_BODY_BYTES } as const
  for (const type of ['application/json', '*'])
    app.addContentTypeParser(type, options, (_, body, done) => done(null, body))
}

function checkMessageRef(decoded: string): string {
  // No message has such an id, and the database does not take it.
  if (decoded.includes('\0') || Buffer.byteLength(decoded) > MAX_ID_BYTES) {
    throw new AppError('ORIGIN_MESSAGE_NOT_FOUND', 'msgid: no message has such an id')
  }
  return decoded
}
