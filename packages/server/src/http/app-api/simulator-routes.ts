import { type ChannelId, newSimulatedClient, setSimulatorRequest, signedRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkReach } from '../../domain/simulator/check-reach.ts'
import { appendEntries, clearEntries, listEntries } from '../../domain/simulator/entries.ts'
import { getSimulator } from '../../domain/simulator/get-simulator.ts'
import { setSimulator } from '../../domain/simulator/set-simulator.ts'
import { getSigningGround } from '../../domain/simulator/signing-ground.ts'
import { addClient, removeClient } from '../../domain/simulator/simulated-clients.ts'
import { AppError } from '../../lib/app-error.ts'
import { TokenBuckets } from '../../lib/token-buckets.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'
import { callChatsApi } from './call-chats-api.ts'

const RATE = { perSecond: 5, burst: 60 }
const SIMULATE = 'act as a channel'
const REMEMBERED = 10_000

/** Acting as one's own channel, from the screen. */
export function simulatorRoutes(app: FastifyInstance, deps: AppDeps): void {
  const buckets = new TokenBuckets(REMEMBERED)

  app.post('/channels/:channelId/signed-requests', async (request) => {
    const { accountId, address } = adminOf(request, SIMULATE)
    const wish = readInput(signedRequest, request.body)
    if (wish.fault === 'reorder' && !wish.overtakenBy)
      throw new AppError('invalid_request', 'overtakenBy: must be given with the fault reorder.', {
        details: { field: 'overtakenBy' },
      })
    const ground = await getSigningGround(deps, accountId, channelOf(request))
    for (const one of [wish, wish.overtakenBy]) if (one) checkReach(ground, one)
    slowDown(ground.channelId)
    const exchanges = await callChatsApi(app, deps, { secret: ground.secret, address }, wish)
    const entries = exchanges.map((exchange) => ({ kind: 'request' as const, at: new Date(exchange.at), exchange }))
    await appendEntries(deps, { accountId, channelId: ground.channelId }, entries)
    return { exchanges }
  })

  app.get('/channels/:channelId/simulator', async (request) =>
    getSimulator(deps, adminOf(request, SIMULATE).accountId, channelOf(request)),
  )

  app.put('/channels/:channelId/simulator', async (request) => {
    const actor = adminOf(request, SIMULATE)
    return setSimulator(deps, actor, channelOf(request), readInput(setSimulatorRequest, request.body))
  })

  app.get('/channels/:channelId/simulator/entries', async (request) => ({
    items: await listEntries(deps, adminOf(request, SIMULATE).accountId, channelOf(request)),
  }))

  app.delete('/channels/:channelId/simulator/entries', async (request, reply) => {
    await clearEntries(deps, adminOf(request, SIMULATE).accountId, channelOf(request))
    return reply.code(204).send()
  })

  app.post('/channels/:channelId/simulator/clients', async (request, reply) => {
    const { accountId } = adminOf(request, SIMULATE)
    const client = await addClient(deps, accountId, channelOf(request), readInput(newSimulatedClient, request.body))
    return reply.code(201).send(client)
  })

  app.delete('/channels/:channelId/simulator/clients/:clientId', async (request, reply) => {
    const { accountId } = adminOf(request, SIMULATE)
    await removeClient(deps, accountId, channelOf(request), readUuid<string>(request.params, 'clientId'))
    return reply.code(204).send()
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
