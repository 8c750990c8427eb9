import { acceptLeadRequest, changeLeadRequest, type LeadId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessLead } from '../../domain/leads/access-lead.ts'
import { changeLead } from '../../domain/leads/change-lead.ts'
import { getLead, listPipelines } from '../../domain/leads/lead-queries.ts'
import { acceptLead, declineLead } from '../../domain/leads/resolve-incoming-lead.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function leadRoutes(app: FastifyInstance, deps: AppDeps): void {
  async function incomingOf(request: FastifyRequest) {
    const viewer = viewerOf(request)
    const leadId = await accessLead(deps.hotPool, viewer, readNumber<LeadId>(request.params, 'leadId'))
    return { accountId: viewer.account.id, userId: viewer.user.id, leadId }
  }

  app.get('/pipelines', async (request) => ({ items: await listPipelines(deps.db, viewerOf(request).account.id) }))

  app.get('/leads/:leadId', async (request) => {
    const { accountId, leadId } = await incomingOf(request)
    return getLead(deps.hotPool, accountId, leadId)
  })

  app.patch('/leads/:leadId', async (request) => {
    const patch = readInput(changeLeadRequest, request.body)
    const viewer = viewerOf(request)
    const leadId = await accessLead(deps.hotPool, viewer, readNumber<LeadId>(request.params, 'leadId'), 'edit')
    return changeLead(deps, viewer, leadId, patch)
  })

  app.post('/leads/:leadId/accept', async (request) =>
    acceptLead(deps, await incomingOf(request), readInput(acceptLeadRequest, request.body)),
  )

  app.post('/leads/:leadId/decline', async (request, reply) => {
    await declineLead(deps, await incomingOf(request))
    return reply.code(204).send()
  })
}
