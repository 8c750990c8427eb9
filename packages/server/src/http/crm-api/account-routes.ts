import type { FastifyInstance } from 'fastify'
import { readAccountParts } from './account-parts.ts'
import { answerProblems } from './answer-problems.ts'
import { type CrmDeps, getTokenViewer } from './crm-viewer.ts'
import { presentAccountV4 } from './present-account.ts'
import { addressOf, readWith } from './read-with.ts'

/** `/api/v4`: as much of the CRM API of today as is served (spec 03). */
export function accountRoutes(app: FastifyInstance, deps: CrmDeps): void {
  answerProblems(app)

  app.get('/api/v4/account', async (request, reply) => {
    const viewer = await getTokenViewer(deps, request)
    const parts = await readAccountParts(deps.db, viewer)
    const at = { address: addressOf(deps, request), now: deps.clock.now() }
    return reply.type('application/hal+json').send(presentAccountV4(parts, readWith(request.query), at))
  })
}
