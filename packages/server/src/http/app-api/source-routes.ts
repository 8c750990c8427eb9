import { type ChannelId, changeSourceRequest, type Me, newSourceRequest, type SourceId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changeSource, createSource, deleteSource } from '../../domain/sources/change-sources.ts'
import { listAllSources, listSources } from '../../domain/sources/source-queries.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput, readNumber, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The lines behind a channel: everybody sees them, admins change them. */
export function sourceRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/sources', async (request) => ({ items: await listAllSources(deps.db, viewerOf(request).account.id) }))

  app.get('/channels/:channelId/sources', async (request) => ({
    items: await listSources(deps.db, { accountId: viewerOf(request).account.id, channelId: channelOf(request) }),
  }))

  app.post('/channels/:channelId/sources', async (request) => {
    const accountId = adminOf(request).account.id
    const wish = readInput(newSourceRequest, request.body)
    return createSource(deps, { accountId, channelId: channelOf(request) }, wish)
  })

  app.patch('/sources/:sourceId', async (request) => {
    const accountId = adminOf(request).account.id
    return changeSource(deps, { accountId, id: sourceOf(request) }, readInput(changeSourceRequest, request.body))
  })

  app.delete('/sources/:sourceId', async (request, reply) => {
    await deleteSource(deps, { accountId: adminOf(request).account.id, id: sourceOf(request) })
    return reply.code(204).send()
  })
}

const channelOf = (request: FastifyRequest) => readUuid<ChannelId>(request.params, 'channelId')
const sourceOf = (request: FastifyRequest) => readNumber<SourceId>(request.params, 'sourceId')

function adminOf(request: FastifyRequest): Me {
  const me = viewerOf(request)
  if (me.user.role !== 'admin') throw new AppError('forbidden', 'Only admins change sources.')
  return me
}
