import { type PushState, subscribePushRequest, unsubscribePushRequest, watchingRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { enqueueTest } from '../../domain/pushes/push-queue.ts'
import {
  listPushBrowsers,
  removePushBrowser,
  subscribePush,
  unsubscribePush,
} from '../../domain/pushes/push-subscriptions.ts'
import { noteScreen } from '../../domain/pushes/screens.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { sessionTokenOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Web Push: which browsers get it, and whether anybody looks at a screen instead. */
export function pushRoutes(app: FastifyInstance, deps: AppDeps): void {
  const browserOf = (request: FastifyRequest) => ({ viewer: viewerOf(request), sessionToken: sessionTokenOf(request) })
  const stateFor = async (request: FastifyRequest): Promise<PushState> => ({
    publicKey: deps.vapidPublicKey,
    browsers: await listPushBrowsers(deps, browserOf(request)),
  })

  app.get('/push', stateFor)

  app.post('/push/browsers', async (request) => {
    const given = readInput(subscribePushRequest, request.body)
    await subscribePush(deps, browserOf(request), given, request.headers['user-agent'] ?? '')
    return stateFor(request)
  })

  app.delete('/push/browsers/:browserId', async (request, reply) => {
    await removePushBrowser(deps, viewerOf(request), readNumber(request.params, 'browserId'))
    return reply.code(204).send()
  })

  app.post('/push/unsubscribe', async (request, reply) => {
    const { endpoint } = readInput(unsubscribePushRequest, request.body)
    await unsubscribePush(deps, viewerOf(request), endpoint)
    return reply.code(204).send()
  })

  app.post('/push/test', async (request, reply) => {
    await enqueueTest(deps, viewerOf(request))
    deps.nudgePushes()
    return reply.code(202).send()
  })

  app.post('/screen', async (request, reply) => {
    const { isVisible } = readInput(watchingRequest, request.body)
    await noteScreen(deps, viewerOf(request), isVisible)
    return reply.code(204).send()
  })
}
