import {
  type AuditAction,
  type ChannelDelivery,
  type ChannelDeliveryLine,
  type ChannelId,
  type ChatId,
  channelDeliveryQuery,
  type DeliveryId,
  deliveryFiguresQuery,
  replayDeliveriesRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { auditNote } from '../../domain/audit/append-audit.ts'
import { getOwnChannel } from '../../domain/channels/own-channels.ts'
import { countTries, getChannelFlow } from '../../domain/deliveries/channel-flow.ts'
import {
  type DeliveryDetails,
  type DeliverySummary,
  listDeliveries,
  showDelivery,
} from '../../domain/deliveries/delivery-queries.ts'
import { replayDelivery } from '../../domain/deliveries/replay-delivery.ts'
import { replaySince } from '../../domain/deliveries/replay-since.ts'
import { switchChannelOff, switchChannelOn } from '../../domain/deliveries/switch-channel.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The hooks of one's own channel, whichever accounts they are of: what came of them, once more, and whether to send at all. */
export function channelDeliveryRoutes(app: FastifyInstance, deps: AppDeps): void {
  const readChannel = async (request: FastifyRequest) => {
    const actor = adminOf(request, "see a channel's hooks")
    const channel = await getOwnChannel(deps, actor.accountId, readUuid<ChannelId>(request.params, 'channelId'))
    const note = (action: AuditAction, details?: Record<string, unknown>) =>
      auditNote(actor, { at: deps.clock.now(), action, target: { ...channel, kind: 'channel' }, details })
    return { channelId: channel.id, note }
  }
  const readDelivery = async (request: FastifyRequest) => ({
    channelId: (await readChannel(request)).channelId,
    id: readUuid<DeliveryId>(request.params, 'deliveryId'),
  })

  app.get('/channels/:channelId/deliveries', async (request) => {
    const { channelId } = await readChannel(request)
    const { state, chat, from, until, before, limit } = readInput(channelDeliveryQuery, request.query)
    const found = await listDeliveries(deps.db, {
      channelId,
      ...(state && { state }),
      ...(chat && { chatId: chat as ChatId }),
      ...(from && { from }),
      ...(until && { until }),
      ...(before && { before: before as DeliveryId }),
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    return { items: items.map(presentLine), next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })

  app.get('/channels/:channelId/deliveries/:deliveryId', async (request) =>
    presentDelivery(await showDelivery(deps.db, await readDelivery(request))),
  )

  app.post('/channels/:channelId/deliveries/:deliveryId/replay', async (request) => {
    const ref = await readDelivery(request)
    await replayDelivery(deps, ref)
    return presentDelivery(await showDelivery(deps.db, ref))
  })

  app.post('/channels/:channelId/deliveries/replay', async (request) => {
    const { channelId, note } = await readChannel(request)
    const { since, state } = readInput(replayDeliveriesRequest, request.body)
    const written = note('channel.replayed', { since: since.toISOString(), ...(state && { state }) })
    return { replayed: await replaySince({ ...deps, note: written }, { channelId, since, ...(state && { state }) }) }
  })

  app.get('/channels/:channelId/delivery-figures', async (request) => {
    const { channelId } = await readChannel(request)
    return countTries(deps, channelId, readInput(deliveryFiguresQuery, request.query).period)
  })

  app.get('/channels/:channelId/flow', async (request) =>
    getChannelFlow(deps.db, (await readChannel(request)).channelId),
  )

  app.post('/channels/:channelId/pause', async (request) => {
    const { channelId, note } = await readChannel(request)
    await switchChannelOff({ ...deps, note: note('channel.paused') }, channelId)
    return getChannelFlow(deps.db, channelId)
  })

  app.post('/channels/:channelId/resume', async (request) => {
    const { channelId, note } = await readChannel(request)
    await switchChannelOn({ ...deps, note: note('channel.resumed') }, channelId)
    return getChannelFlow(deps.db, channelId)
  })
}

const presentLine = (delivery: DeliverySummary): ChannelDeliveryLine => ({
  id: delivery.id,
  chatId: delivery.chatId,
  kind: delivery.kind,
  state: delivery.state,
  attempts: delivery.attempts,
  lastError: delivery.lastError,
  createdAt: delivery.createdAt.getTime(),
  settledAt: delivery.settledAt?.getTime() ?? null,
  nextTryAt: delivery.nextTryAt?.getTime() ?? null,
})

const presentDelivery = (delivery: DeliveryDetails): ChannelDelivery => ({
  ...presentLine(delivery),
  hookVersion: delivery.hookVersion,
  body: delivery.body,
  tries: delivery.attemptsMade.map(({ startedAt, ...made }) => ({ ...made, startedAt: startedAt.getTime() })),
})
