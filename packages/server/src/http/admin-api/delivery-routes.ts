import type { ChannelId, DeliveryId } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { type DeliveryFilter, listDeliveries, showDelivery } from '../../domain/deliveries/delivery-queries.ts'
import { replayDelivery } from '../../domain/deliveries/replay-delivery.ts'
import type { Deps } from '../../domain/deps.ts'
import { AppError } from '../../lib/app-error.ts'
import { readUuid } from '../middleware/read-input.ts'
import { compact, deliveryQuery, parseInput, replayRequest } from './admin-schemas.ts'
import { presentDelivery, presentDeliveryDetails } from './present-delivery.ts'

/** The delivery log of the whole installation: what was sent to channels, what came of it, and once more. */
export function deliveryRoutes(app: FastifyInstance, deps: Deps): void {
  app.get('/deliveries', async (request) => {
    const { account, channel, state, before, limit } = parseInput(deliveryQuery, request.query)
    const filter = compact({ accountId: account, channelId: channel, state, before })
    // One more than asked for tells whether there is a next page.
    const found = await listDeliveries(deps.db, { ...filter, limit: limit + 1 })
    const items = found.slice(0, limit)
    const presented = await Promise.all(
      items.map(async (item) => presentDelivery(item, await findNextTryAt(deps, item))),
    )
    return { items: presented, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
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
    const ids = await listSince(deps, compact({ channelId: channel_id, state }), since)
    // Oldest first, so that a chat's messages go out again in their order.
    for (const id of ids.reverse()) await replayDelivery(deps, { id })
    return { replayed: ids.length }
  })
}

/** What waits says when it is due; the rest is done with. */
async function findNextTryAt(deps: Deps, { id, accountId, state }: Awaited<ReturnType<typeof listDeliveries>>[number]) {
  return state === 'waiting' ? (await showDelivery(deps.db, { id, accountId })).nextTryAt : null
}

const PAGE = 500
const MOST_AT_ONCE = 10_000

/** Newest first. */
async function listSince(deps: Deps, filter: { channelId: ChannelId; state?: DeliveryFilter['state'] }, since: Date) {
  const ids: DeliveryId[] = []
  const { channelId, state } = filter
  for (let before: DeliveryId | undefined; ; ) {
    const page = await listDeliveries(deps.db, { ...compact({ channelId, state, before }), limit: PAGE })
    const recent = page.filter(({ createdAt }) => createdAt >= since)
    ids.push(...recent.map(({ id }) => id))
    if (ids.length > MOST_AT_ONCE) {
      throw new AppError(
        'invalid_request',
        `since: more than ${MOST_AT_ONCE} deliveries; choose a later time or a state.`,
      )
    }
    before = page.at(-1)?.id
    if (recent.length < PAGE) return ids
  }
}
