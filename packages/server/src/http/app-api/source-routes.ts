import { type ChannelId, changeSourceRequest, newSourceRequest, type SourceId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countSources } from '../../domain/inbox/count-sources.ts'
import { changeSource, createSource, deleteSource } from '../../domain/sources/change-sources.ts'
import { listAllSources, listSources } from '../../domain/sources/source-queries.ts'
import { readInput, readNumber, readUuid } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The lines behind a channel: everybody sees them, admins change them. */
export function sourceRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/sources', async (request) => ({ items: await listAllSources(deps.db, viewerOf(request).account.id) }))

  app.get('/sources/use', async (request) => ({
    items: await countSources(deps.hotPool, adminOf(request, 'count sources').accountId),
  }))

  app.get('/channels/:channelId/sources', async (request) => ({
    items: await listSources(deps.db, { accountId: viewerOf(request).account.id, channelId: channelOf(request) }),
  }))

  app.post('/channels/:channelId/sources', async (request) => {
    const actor = adminOf(request, 'change sources')
    return createSource(deps, actor, channelOf(request), readInput(newSourceRequest, request.body))
  })

  app.patch('/sources/:sourceId', async (request) => {
    const actor = adminOf(request, 'change sources')
    return changeSource(deps, actor, sourceOf(request), readInput(changeSourceRequest, request.body))
  })

  app.delete('/sources/:sourceId', async (request, reply) => {
    await deleteSource(deps, adminOf(request, 'change sources'), sourceOf(request))
    return reply.code(204).send()
  })
}

const channelOf = (request: FastifyRequest) => readUuid<ChannelId>(request.params, 'channelId')
const sourceOf = (request: FastifyRequest) => readNumber<SourceId>(request.params, 'sourceId')
