import type { AccountId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Channel, findChannel } from '../../domain/channels/channel-registry.ts'
import type { ChatsDeps } from './chats-deps.ts'

/** Who called, as soon as it is known; what was answered. */
interface Recorded {
  channel: Channel | null
  accountId: AccountId | null
  answer: string
}

declare module 'fastify' {
  interface FastifyRequest {
    recorded: Recorded
  }
}

/** A scope id, or a channel's id: it begins with the channel's. */
const CALLED = /^\/v2\/origin\/custom\/([0-9a-f-]{36})(?![0-9a-f-])/i
const NOTHING = Buffer.alloc(0)

type RecordDeps = Pick<ChatsDeps, 'db' | 'clock' | 'secretBox' | 'log' | 'requestLog'>

/**
 * Lets the owners of channels see what these ask of us. After the answer has gone out; of a channel that the operator registered
 * nothing is kept, for nobody could look at it.
 */
export function recordRequests(app: FastifyInstance, deps: RecordDeps): void {
  app.decorateRequest('recorded', null as unknown as Recorded)
  app.addHook('onRequest', (request, _reply, done) => {
    request.recorded = { channel: null, accountId: null, answer: '' }
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { channel } = request.recorded
    if (channel) record(deps, channel, request, reply)
    else void recordUnknown(deps, request, reply)
    done()
  })
}

/** Refused before anybody asked who it is: no such connection, an unknown path, a body that is too large. */
async function recordUnknown(deps: RecordDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const [, channelId] = CALLED.exec(request.raw.url ?? '') ?? []
  if (!channelId) return
  try {
    const channel = await findChannel(deps, channelId)
    if (channel) record(deps, channel, request, reply)
  } catch (error) {
    deps.log.debug({ err: error }, 'a request could not be told to its channel')
  }
}

function record(deps: RecordDeps, channel: Channel, request: FastifyRequest, reply: FastifyReply): void {
  if (channel.ownerAccountId === null) return
  const { statusCode: status } = reply.raw
  const { accountId, answer } = request.recorded
  deps.requestLog.take(channel.id, status >= 400, () => ({
    channel,
    accountId,
    at: new Date(deps.clock.now().getTime() - reply.elapsedTime),
    requestId: request.id,
    method: request.raw.method ?? '',
    path: request.raw.url ?? '',
    status,
    durationMs: reply.elapsedTime,
    rawHeaders: request.raw.rawHeaders,
    body: Buffer.isBuffer(request.body) ? request.body : NOTHING,
    // What goes out the fast way says its type past Fastify.
    answerHeaders: { ...reply.getHeaders(), ...(answer !== '' && { 'content-type': 'application/json' }) },
    answer,
  }))
}
