import { auditQuery, type UserId } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { listAudit } from '../../domain/audit/list-audit.ts'
import { readInput, readPage } from '../middleware/read-input.ts'
import { adminOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function auditRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/audit', async (request) => {
    const { accountId } = adminOf(request, 'read the audit log')
    const { key, limit } = readPage(request.query)
    const { actions, user, from, until } = readInput(auditQuery, request.query)
    return listAudit(deps.db, accountId, {
      limit,
      after: key,
      actions,
      userId: user as UserId | undefined,
      from,
      until,
    })
  })
}
