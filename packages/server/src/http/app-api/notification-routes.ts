import {
  changeNotificationSettings,
  listNotificationsQuery,
  type NotificationId,
  type NotificationSettingsAnswer,
  readNotificationsRequest,
  snoozeRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { listNotifications } from '../../domain/notifications/notification-queries.ts'
import { changeSettings, getSettings } from '../../domain/notifications/notification-settings.ts'
import { readNotifications } from '../../domain/notifications/read-notifications.ts'
import { recipientOf } from '../../domain/notifications/recipients.ts'
import { snoozeNotification, unsnoozeNotification } from '../../domain/notifications/snooze.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput, readNumber, readPage } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function notificationRoutes(app: FastifyInstance, deps: AppDeps): void {
  async function recipientFor(request: FastifyRequest) {
    const viewer = viewerOf(request)
    return recipientOf(viewer, await getSettings(deps, viewer))
  }

  app.get('/notifications', async (request) => {
    const { key, limit } = readPage(request.query)
    const asked = readInput(listNotificationsQuery, request.query)
    const after = key === undefined ? undefined : toId(key)
    return listNotifications(deps.hotPool, await recipientFor(request), { ...asked, after, limit })
  })

  app.post('/notifications/read', async (request) => {
    const what = readInput(readNotificationsRequest, request.body)
    return readNotifications(deps, await recipientFor(request), what)
  })

  app.post('/notifications/:notificationId/snooze', async (request) => {
    const { until } = readInput(snoozeRequest, request.body)
    const id = readNumber<NotificationId>(request.params, 'notificationId')
    return snoozeNotification(deps, await recipientFor(request), { id, until: new Date(until) })
  })

  app.delete('/notifications/:notificationId/snooze', async (request, reply) => {
    const id = readNumber<NotificationId>(request.params, 'notificationId')
    await unsnoozeNotification(deps, await recipientFor(request), id)
    return reply.code(204).send()
  })

  const answerSettings = (request: FastifyRequest, settings: NotificationSettingsAnswer['settings']) => ({
    settings,
    canMail: deps.mailer !== undefined,
    timeZone: viewerOf(request).account.timeZone,
  })

  app.get(
    '/notification-settings',
    async (request): Promise<NotificationSettingsAnswer> =>
      answerSettings(request, await getSettings(deps, viewerOf(request))),
  )

  app.patch('/notification-settings', async (request): Promise<NotificationSettingsAnswer> => {
    const change = readInput(changeNotificationSettings, request.body)
    return answerSettings(request, await changeSettings(deps, viewerOf(request), change))
  })
}

function toId(key: string): NotificationId {
  const id = Number(key)
  if (!Number.isSafeInteger(id)) throw new AppError('invalid_request', 'after: use the `next` of the page before')
  return id as NotificationId
}
