import {
  acceptLeadRequest,
  changeLeadRequest,
  decideLeadsRequest,
  type LeadId,
  linkLeadRequest,
  newLeadRequest,
  type RightAct,
  restoreLeadsRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { acceptLead } from '../../domain/leads/accept-lead.ts'
import { accessLead } from '../../domain/leads/access-lead.ts'
import { changeLead } from '../../domain/leads/change-lead.ts'
import { createLead } from '../../domain/leads/create-lead.ts'
import { decideLeads, restoreLeads } from '../../domain/leads/decide-leads.ts'
import { declineLead, deleteLead } from '../../domain/leads/decline-lead.ts'
import { getLead } from '../../domain/leads/lead-queries.ts'
import { linkLead } from '../../domain/leads/link-lead.ts'
import { listDuplicates } from '../../domain/leads/list-duplicates.ts'
import { restoreLead } from '../../domain/leads/restore-lead.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Leads, one at a time: what they are and what becomes of them. */
export function leadRoutes(app: FastifyInstance, deps: AppDeps): void {
  const leadOf = (request: FastifyRequest, act?: RightAct) =>
    accessLead(deps.hotPool, viewerOf(request), readNumber<LeadId>(request.params, 'leadId'), act)

  app.post('/leads', async (request) => createLead(deps, viewerOf(request), readInput(newLeadRequest, request.body)))

  app.get('/leads/:leadId', async (request) =>
    getLead(deps.hotPool, viewerOf(request).account.id, await leadOf(request)),
  )

  app.patch('/leads/:leadId', async (request) => {
    const patch = readInput(changeLeadRequest, request.body)
    return changeLead(deps, viewerOf(request), await leadOf(request, 'edit'), patch)
  })

  app.delete('/leads/:leadId', async (request, reply) => {
    await deleteLead(deps, viewerOf(request), await leadOf(request, 'delete'))
    return reply.code(204).send()
  })

  app.post('/leads/:leadId/restore', async (request) =>
    restoreLead(deps, viewerOf(request), readNumber<LeadId>(request.params, 'leadId')),
  )

  decisionRoutes(app, deps, leadOf)
}

/** What becomes of an incoming lead. */
function decisionRoutes(
  app: FastifyInstance,
  deps: AppDeps,
  leadOf: (request: FastifyRequest, act?: RightAct) => Promise<LeadId>,
): void {
  app.post('/leads/:leadId/accept', async (request) => {
    const into = readInput(acceptLeadRequest, request.body)
    return acceptLead(deps, viewerOf(request), await leadOf(request, 'edit'), into)
  })

  app.post('/leads/:leadId/decline', async (request, reply) => {
    await declineLead(deps, viewerOf(request), await leadOf(request, 'edit'))
    return reply.code(204).send()
  })

  app.post('/leads/:leadId/link', async (request) => {
    const wish = readInput(linkLeadRequest, request.body)
    return linkLead(deps, viewerOf(request), await leadOf(request, 'edit'), wish)
  })

  app.get('/leads/:leadId/duplicates', async (request) => ({
    items: await listDuplicates(deps, viewerOf(request), await leadOf(request)),
  }))

  app.post('/leads/decide', async (request) =>
    decideLeads(deps, viewerOf(request), readInput(decideLeadsRequest, request.body)),
  )

  app.post('/leads/restore', async (request) =>
    restoreLeads(deps, viewerOf(request), readInput(restoreLeadsRequest, request.body).leadIds as LeadId[]),
  )
}
