import {
  type ChannelId,
  changeChannelRequest,
  checkChannelRequest,
  connectChannelRequest,
  newChannelRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getChannelIcon, listChannelCards } from '../../domain/channels/channel-cards.ts'
import { revokePreviousSecret, rotateSecret } from '../../domain/channels/channel-secrets.ts'
import { findRegistrationFaults } from '../../domain/channels/check-registration.ts'
import { connectHere, disconnectHere } from '../../domain/channels/connect-from-screen.ts'
import { getOwnChannel } from '../../domain/channels/own-channels.ts'
import { changeRegistration, registerChannel } from '../../domain/channels/register-channel.ts'
import { readInput, readUuid } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Channels an account may use, those it registered itself, and its connections to them. */
export function channelRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/channels', async (request) => ({
    items: await listChannelCards(deps.db, adminOf(request, 'see channels').accountId),
  }))

  app.post('/channels', async (request, reply) => {
    const actor = adminOf(request, 'register channels')
    return reply.code(201).send(await registerChannel(deps, actor, readInput(newChannelRequest, request.body)))
  })

  app.post('/channels/check', async (request) => {
    adminOf(request, 'register channels')
    return { items: await findRegistrationFaults(deps, readInput(checkChannelRequest, request.body)) }
  })

  app.get('/channels/:channelId', async (request) =>
    getOwnChannel(deps, adminOf(request, 'see channels').accountId, channelOf(request)),
  )

  app.patch('/channels/:channelId', async (request) => {
    const actor = adminOf(request, 'change channels')
    return changeRegistration(deps, actor, channelOf(request), readInput(changeChannelRequest, request.body))
  })

  app.post('/channels/:channelId/secret', async (request) =>
    rotateSecret(deps, adminOf(request, 'change a secret'), channelOf(request)),
  )

  app.delete('/channels/:channelId/secret/previous', async (request) =>
    revokePreviousSecret(deps, adminOf(request, 'change a secret'), channelOf(request)),
  )

  app.post('/channels/:channelId/connect', async (request) => {
    const actor = adminOf(request, 'connect channels')
    return connectHere(deps, actor, channelOf(request), readInput(connectChannelRequest, request.body))
  })

  app.post('/channels/:channelId/disconnect', async (request, reply) => {
    await disconnectHere(deps, adminOf(request, 'disconnect channels'), channelOf(request))
    return reply.code(204).send()
  })

  app.get('/channels/:channelId/icon', async (request, reply) => {
    const svg = await getChannelIcon(deps.db, viewerOf(request).account.id, channelOf(request))
    // It was looked through when it came; should something have been overlooked, it still runs and loads nothing.
    return reply
      .header('content-type', 'image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=300')
      .send(svg)
  })
}

const channelOf = (request: FastifyRequest) => readUuid<ChannelId>(request.params, 'channelId')
