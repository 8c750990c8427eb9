import type { FastifyInstance } from 'fastify'
import { listUsers } from '../../domain/users/user-queries.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Who works here. */
export function userRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/users', async (request) => ({ items: await listUsers(deps.db, viewerOf(request).account.id) }))
}
