import type { ChannelId, DeliveryId } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { listDeliveries, showDelivery } from '../../domain/deliveries/delivery-queries.ts'
import { replayDelivery } from '../../domain/deliveries/replay-delivery.ts'
import { replaySince } from '../../domain/deliveries/replay-since.ts'
import { type ChannelSwitch, switchChannelOff, switchChannelOn } from '../../domain/deliveries/switch-channel.ts'
import type { Deps } from '../../domain/deps.ts'
import { readUuid } from '../middleware/read-input.ts'
import { compact, deliveryQuery, parseInput, replayRequest } from './admin-schemas.ts'
import { presentDelivery, presentDeliveryDetails } from './present-delivery.ts'

/** The delivery log of the whole installation: what was sent to channels, what came of it, and once more; and whether to send at all. */
export function deliveryRoutes(app: FastifyInstance, deps: Deps): void {
  app.get('/deliveries', async (request) => {
    const { account, channel, state, before, limit } = parseInput(deliveryQuery, request.query)
    const filter = compact({ accountId: account, channelId: channel, state, before })
    // One more than asked for tells whether there is a next page.
    const found = await listDeliveries(deps.db, { ...filter, limit: limit + 1 })
    const items = found.slice(0, limit)
    return { items: items.map(presentDelivery), next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })

  app.get('/deliveries/:id', async (request) =>
    presentDeliveryDetails(await showDelivery(deps.db, { id: readUuid<DeliveryId>(request.params, 'id') })),
  )

  app.post('/deliveries/:id/replay', async (request) => {
    const id = readUuid<DeliveryId>(request.params, 'id')
    await replayDelivery(deps, { id })
    return presentDeliveryDetails(await showDelivery(deps.db, { id }))
  })

  app.post('/deliveries/replay', async (request) => {
    const { channel_id, since, state } = parseInput(replayRequest, request.body)
    return { replayed: await replaySince(deps, compact({ channelId: channel_id, since, state })) }
  })

  app.post('/channels/:channelId/switch-on', async (request) =>
    presentSwitch(
      await switchChannelOn({ ...deps, isOperator: true }, readUuid<ChannelId>(request.params, 'channelId')),
    ),
  )

  app.post('/channels/:channelId/switch-off', async (request) =>
    presentSwitch(
      await switchChannelOff({ ...deps, isOperator: true }, readUuid<ChannelId>(request.params, 'channelId')),
    ),
  )
}

const presentSwitch = ({ id, switchedOffAt }: ChannelSwitch) => ({
  id,
  switched_off_at: switchedOffAt?.toISOString() ?? null,
})
