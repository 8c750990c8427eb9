import { type ChannelId, signedRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkReach } from '../../domain/simulator/check-reach.ts'
import { getSigningGround } from '../../domain/simulator/signing-ground.ts'
import { AppError } from '../../lib/app-error.ts'
import { TokenBuckets } from '../../lib/token-buckets.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'
import { callChatsApi } from './call-chats-api.ts'

const RATE = { perSecond: 5, burst: 60 }
const REMEMBERED = 10_000

/** Acting as one's own channel, from the screen. */
export function simulatorRoutes(app: FastifyInstance, deps: AppDeps): void {
  const buckets = new TokenBuckets(REMEMBERED)

  app.post('/channels/:channelId/signed-requests', async (request) => {
    const { accountId, address } = adminOf(request, 'act as a channel')
    const wish = readInput(signedRequest, request.body)
    if (wish.fault === 'reorder' && !wish.overtakenBy)
      throw new AppError('invalid_request', 'overtakenBy: must be given with the fault reorder.', {
        details: { field: 'overtakenBy' },
      })
    const ground = await getSigningGround(deps, accountId, channelOf(request))
    for (const one of [wish, wish.overtakenBy]) if (one) checkReach(ground, one)
    slowDown(ground.channelId)
    return { exchanges: await callChatsApi(app, deps, { secret: ground.secret, address }, wish) }
  })

  function slowDown(channelId: ChannelId): void {
    const waitMs = buckets.take(channelId, RATE, deps.clock.now().getTime())
    if (waitMs === 0) return
    const retryAfterSeconds = Math.ceil(waitMs / 1000)
    throw new AppError('too_many_attempts', `Too many requests at once. Try again in ${retryAfterSeconds} seconds.`, {
      details: { retryAfterSeconds },
    })
  }
}

const channelOf = (request: FastifyRequest) => readUuid<ChannelId>(request.params, 'channelId')
