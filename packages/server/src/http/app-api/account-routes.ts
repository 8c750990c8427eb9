import { changeAccountRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { getAccount } from '../../domain/accounts/account-queries.ts'
import { changeAccount } from '../../domain/accounts/change-account.ts'
import { readInput } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function accountRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/account', async (request) => getAccount(deps.db, viewerOf(request).account.id))

  app.patch('/account', async (request) => {
    const actor = adminOf(request, 'change the account')
    return changeAccount(deps, actor, readInput(changeAccountRequest, request.body))
  })
}
