import { type ChannelId, decideChannelRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { decideChannel } from '../../domain/moderation/decide-channel.ts'
import { countRegistrations, listRegistrations } from '../../domain/moderation/registrations.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { operatorOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** For operators: what is of the whole server and of no account. */
export function installationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/installation/registrations', async (request) => {
    operatorOf(request, 'see what waits')
    return { items: await listRegistrations(deps.db) }
  })

  app.get('/installation/registrations/count', async (request) => {
    operatorOf(request, 'see what waits')
    return { waiting: await countRegistrations(deps.db) }
  })

  app.post('/installation/registrations/:channelId/decision', async (request) => {
    const operator = operatorOf(request, 'decide about channels')
    const id = readUuid<ChannelId>(request.params, 'channelId')
    return decideChannel(deps, operator, id, readInput(decideChannelRequest, request.body))
  })
}
