import { type InvitationId, newInvitationRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { invite, listInvitations, resendInvitation, revokeInvitation } from '../../domain/invitations/invitations.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Asking people in: the admins' affair. */
export function invitationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/invitations', async (request) => ({
    items: await listInvitations(deps, adminOf(request, 'see invitations').accountId),
  }))

  app.post('/invitations', async (request, reply) => {
    const actor = adminOf(request, 'invite people')
    const given = readInput(newInvitationRequest, request.body)
    return reply.code(201).send(await invite(deps, actor, viewerOf(request), given))
  })

  app.post('/invitations/:invitationId/resend', async (request) =>
    resendInvitation(deps, adminOf(request, 'invite people'), viewerOf(request), idOf(request)),
  )

  app.delete('/invitations/:invitationId', async (request, reply) => {
    await revokeInvitation(deps, adminOf(request, 'revoke invitations'), idOf(request))
    return reply.code(204).send()
  })
}

const idOf = (request: FastifyRequest) => readNumber<InvitationId>(request.params, 'invitationId')
