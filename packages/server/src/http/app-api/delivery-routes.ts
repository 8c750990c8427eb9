import type { ChannelId } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { accessOwnChannel, listConnections } from '../../domain/deliveries/connection-health.ts'
import { switchChannelOff, switchChannelOn } from '../../domain/deliveries/switch-channel.ts'
import { readUuid } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** How the account's connections fare, and the switch of those that are its own. */
export function deliveryRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/connections', async (request) => ({ items: await listConnections(deps.db, viewerOf(request).account.id) }))

  for (const [verb, turn] of [
    ['switch-on', switchChannelOn],
    ['switch-off', switchChannelOff],
  ] as const) {
    app.post(`/channels/:channelId/${verb}`, async (request) => {
      const { accountId } = adminOf(request, 'switch a channel')
      const channelId = readUuid<ChannelId>(request.params, 'channelId')
      await accessOwnChannel(deps.db, accountId, channelId)
      await turn(deps, channelId)
      const connection = (await listConnections(deps.db, accountId)).find((one) => one.channelId === channelId)
      return { connection }
    })
  }
}
