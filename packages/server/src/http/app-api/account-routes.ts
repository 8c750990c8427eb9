import { changeAccountRequest, type WorkingHours, workingHoursRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { getAccount } from '../../domain/accounts/account-queries.ts'
import { changeAccount } from '../../domain/accounts/change-account.ts'
import { getWorkingHours, setWorkingHours } from '../../domain/accounts/working-hours.ts'
import { readInput } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function accountRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/account', async (request) => getAccount(deps.db, viewerOf(request).account.id))

  app.patch('/account', async (request) => {
    const actor = adminOf(request, 'change the account')
    return changeAccount(deps, actor, readInput(changeAccountRequest, request.body))
  })

  app.get('/account/working-hours', async (request) => ({
    workingHours: await getWorkingHours(deps.db, viewerOf(request).account.id),
  }))

  app.put('/account/working-hours', async (request) => {
    const actor = adminOf(request, 'change the working hours')
    const { workingHours } = readInput(workingHoursRequest, request.body)
    return { workingHours: await setWorkingHours(deps, actor, workingHours as WorkingHours | null) }
  })
}
