import type { SignedExchange, SignedRequestWish } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../lib/clock.ts'
import { type ReadyRequest, toSignedRequest } from '../../wire/signed-request.ts'

export interface CallDeps {
  clock: Clock
  /** Whose time signatures are checked by. */
  signedBy: Clock
}

interface Caller {
  secret: string
  /** Where whoever asked for it is: wrong signatures are counted against it, not against the channel's own address. */
  address: string | null
}

const MOST_ANSWER_BYTES = 64 * 1024
const USER_AGENT = 'Parley-Simulator/1.0'

/**
 * Passes a request through this server's own chats API, bytes, routing and signature check included, without a socket: there is no
 * address that could lead elsewhere. Answers what was exchanged, in the order in which it arrived.
 */
export async function callChatsApi(
  app: FastifyInstance,
  deps: CallDeps,
  caller: Caller,
  wish: SignedRequestWish,
): Promise<SignedExchange[]> {
  const { fault, overtakenBy, delaySeconds } = wish
  const now = deps.signedBy.now()
  const spoil = fault === 'wrong-signature' || fault === 'stale-date' ? fault : undefined
  const first = toSignedRequest(wish, caller.secret, { now, spoil })
  const send = (ready: ReadyRequest) => exchange(app, deps.clock, caller, ready)
  if (fault === 'delay') await deps.clock.sleep(delaySeconds * 1000)
  if (fault === 'duplicate') return [await send(first), await send(first)]
  if (fault !== 'reorder' || !overtakenBy) return [await send(first)]
  return [await send(toSignedRequest(overtakenBy, caller.secret, { now, spoil: undefined })), await send(first)]
}

async function exchange(
  app: FastifyInstance,
  clock: Clock,
  { address }: Caller,
  { method, target, headers, stringToSign, body }: ReadyRequest,
): Promise<SignedExchange> {
  const sent = { 'User-Agent': USER_AGENT, ...headers }
  const at = clock.now().getTime()
  const startedMs = performance.now()
  const answer = await app.inject({
    method,
    url: target,
    headers: sent,
    payload: body,
    ...(address !== null && { remoteAddress: address }),
  })
  const durationMs = Math.round(performance.now() - startedMs)
  return {
    at,
    request: { method, target, headers: sent, stringToSign, body: body.toString() },
    answer: {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
      body: answer.rawPayload.subarray(0, MOST_ANSWER_BYTES).toString('utf8'),
      durationMs,
    },
  }
}
