import { type ChannelId, type ChannelRequestId, channelRequestQuery } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { countLastHour, getRequest, listRequests } from '../../domain/channel-requests/list-requests.ts'
import { getOwnChannel } from '../../domain/channels/own-channels.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What a channel asked of the chats API, for the admins of the account that registered it. */
export function channelRequestRoutes(app: FastifyInstance, deps: AppDeps): void {
  const readChannel = async (request: FastifyRequest): Promise<ChannelId> => {
    const { accountId } = adminOf(request, "see a channel's requests")
    return (await getOwnChannel(deps, accountId, readUuid<ChannelId>(request.params, 'channelId'))).id
  }

  app.get('/channels/:channelId/requests', async (request) =>
    listRequests(deps.db, await readChannel(request), readInput(channelRequestQuery, request.query)),
  )

  app.get('/channels/:channelId/requests/:requestId', async (request) =>
    getRequest(deps.db, await readChannel(request), readUuid<ChannelRequestId>(request.params, 'requestId')),
  )

  app.get('/channels/:channelId/last-hour', async (request) => countLastHour(deps, await readChannel(request)))
}
