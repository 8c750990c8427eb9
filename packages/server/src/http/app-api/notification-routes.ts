import { readNotificationsRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { listNotifications, readNotifications } from '../../domain/notifications/notification-queries.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function notificationRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/notifications', async (request) => {
    const { key, limit } = readPage(request.query)
    return listNotifications(deps.hotPool, readerOf(request), {
      after: key === undefined ? undefined : toId(key),
      limit,
    })
  })

  app.post('/notifications/read', async (request) => {
    const what = readInput(readNotificationsRequest, request.body)
    return readNotifications(deps, readerOf(request), what)
  })
}

function readerOf(request: FastifyRequest) {
  const { account, user } = viewerOf(request)
  return { accountId: account.id, userId: user.id }
}

function toId(key: string): number {
  const id = Number(key)
  if (!Number.isSafeInteger(id)) throw new AppError('invalid_request', 'after: use the `next` of the page before')
  return id
}
