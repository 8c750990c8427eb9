import { logInRequest } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { logIn } from '../../domain/users/log-in.ts'
import { endSession } from '../../domain/users/sessions.ts'
import { presentMe } from '../../domain/users/viewer.ts'
import { readInput } from '../middleware/read-input.ts'
import { refuseForeignOrigin, SESSION_COOKIE, sessionCookie, sessionTokenOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

export function sessionRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.post('/session', async (request, reply) => {
    refuseForeignOrigin(request)
    const given = readInput(logInRequest, request.body)
    const userAgent = request.headers['user-agent'] ?? ''
    const session = await deps.logInLimiter.guard({ email: given.email, address: request.ip }, () =>
      logIn(deps, { ...given, userAgent }),
    )
    reply.setCookie(SESSION_COOKIE, session.token, sessionCookie(deps.isSecure, session.expiresAt))
    return presentMe(session.me)
  })

  app.delete('/session', async (request, reply) => {
    refuseForeignOrigin(request)
    const token = sessionTokenOf(request)
    if (token !== undefined) {
      await endSession(deps, token)
      deps.streams.endSession(token)
    }
    return reply.clearCookie(SESSION_COOKIE, sessionCookie(deps.isSecure)).code(204).send()
  })
}

export function profileRoutes(app: FastifyInstance): void {
  app.get('/me', async (request) => presentMe(viewerOf(request)))
}
