import { acceptLeadRequest, type LeadId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { getLead, listPipelines } from '../../domain/leads/lead-queries.ts'
import { acceptLead, declineLead } from '../../domain/leads/resolve-incoming-lead.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function leadRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/pipelines', async (request) => ({ items: await listPipelines(deps.db, viewerOf(request).account.id) }))

  app.get('/leads/:leadId', async (request) => {
    const { accountId, leadId } = incomingOf(request)
    return getLead(deps.hotPool, accountId, leadId)
  })

  app.post('/leads/:leadId/accept', async (request) =>
    acceptLead(deps, incomingOf(request), readInput(acceptLeadRequest, request.body)),
  )

  app.post('/leads/:leadId/decline', async (request, reply) => {
    await declineLead(deps, incomingOf(request))
    return reply.code(204).send()
  })
}

function incomingOf(request: FastifyRequest) {
  const { account, user } = viewerOf(request)
  return { accountId: account.id, userId: user.id, leadId: readNumber<LeadId>(request.params, 'leadId') }
}
