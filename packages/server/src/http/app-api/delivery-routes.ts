import type { ChannelId } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { auditNote } from '../../domain/audit/append-audit.ts'
import { accessSwitch, listConnections } from '../../domain/deliveries/connection-health.ts'
import { switchChannelOff, switchChannelOn } from '../../domain/deliveries/switch-channel.ts'
import { readUuid } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** How the account's connections fare, and the switch of those that are its own to switch. */
export function deliveryRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/connections', async (request) => ({ items: await listConnections(deps.db, viewerOf(request).account.id) }))

  for (const [verb, turn, action] of [
    ['switch-on', switchChannelOn, 'channel.resumed'],
    ['switch-off', switchChannelOff, 'channel.paused'],
  ] as const) {
    app.post(`/channels/:channelId/${verb}`, async (request) => {
      const actor = adminOf(request, 'switch a channel')
      const { accountId } = actor
      const channelId = readUuid<ChannelId>(request.params, 'channelId')
      const { title } = await accessSwitch(deps.db, accountId, channelId)
      const target = { kind: 'channel', id: channelId, name: title } as const
      await turn({ ...deps, note: auditNote(actor, { at: deps.clock.now(), action, target }) }, channelId)
      const connection = (await listConnections(deps.db, accountId)).find((one) => one.channelId === channelId)
      return { connection }
    })
  }
}
