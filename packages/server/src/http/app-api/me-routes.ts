import { changeMeRequest, changePasswordRequest, confirmRequest, newTokenRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { confirmPassword } from '../../domain/security/confirm-password.ts'
import { changePassword } from '../../domain/security/passwords.ts'
import { getSecurity } from '../../domain/security/second-factor.ts'
import { findApiKey, makeApiKey, revokeApiKey } from '../../domain/users/api-keys.ts'
import { endTokens, listTokens, makeToken } from '../../domain/users/api-tokens.ts'
import { changeMe } from '../../domain/users/profile.ts'
import { endSessionsOf, listSessions } from '../../domain/users/sessions.ts'
import { presentMe } from '../../domain/users/viewer.ts'
import { readDigestId, readInput } from '../middleware/read-input.ts'
import { actorOf, adminOf, findViewerAgain, sessionTokenOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What everybody does with himself. */
export function meRoutes(app: FastifyInstance, deps: AppDeps): void {
  const whoOf = (request: FastifyRequest) => {
    const { account, user } = viewerOf(request)
    return { accountId: account.id, userId: user.id }
  }

  app.get('/me', async (request) => presentMe(viewerOf(request)))

  app.patch('/me', async (request) => {
    await changeMe(deps, actorOf(request), viewerOf(request), readInput(changeMeRequest, request.body))
    return presentMe((await findViewerAgain(deps, request)) ?? viewerOf(request))
  })

  app.put('/me/password', async (request, reply) => {
    const { current, next } = readInput(changePasswordRequest, request.body)
    const me = viewerOf(request)
    await confirmPassword(deps, me, current, { address: request.ip, field: 'current' })
    await changePassword(deps, actorOf(request), me, { next, session: sessionTokenOf(request) })
    return reply.code(204).send()
  })

  app.get('/me/security', async (request) => {
    const { accountId, userId } = whoOf(request)
    return getSecurity(deps.db, accountId, userId)
  })

  app.get('/me/sessions', async (request) => ({
    items: await listSessions(deps, whoOf(request), sessionTokenOf(request)),
  }))

  /** All but this one. */
  app.delete('/me/sessions', async (request, reply) => {
    await endSessionsOf(deps, actorOf(request), viewerOf(request).user, { except: sessionTokenOf(request) })
    return reply.code(204).send()
  })

  app.delete('/me/sessions/:sessionId', async (request, reply) => {
    const sessionId = readDigestId(request.params, 'sessionId')
    await endSessionsOf(deps, actorOf(request), viewerOf(request).user, { id: sessionId })
    return reply.code(204).send()
  })

  app.get('/me/tokens', async (request) => ({ items: await listTokens(deps, whoOf(request)) }))

  app.post('/me/tokens', async (request, reply) => {
    const { password } = readInput(confirmRequest, request.body)
    const { name, lifetimeDays } = readInput(newTokenRequest, request.body)
    await confirmPassword(deps, viewerOf(request), password, { address: request.ip, field: 'password' })
    return reply.code(201).send(await makeToken(deps, actorOf(request), viewerOf(request).user, { name, lifetimeDays }))
  })

  app.delete('/me/tokens/:tokenId', async (request, reply) => {
    const tokenId = readDigestId(request.params, 'tokenId')
    await endTokens(deps, actorOf(request), viewerOf(request).user, tokenId)
    return reply.code(204).send()
  })

  app.get('/me/api-key', async (request) => ({ apiKey: await findApiKey(deps.db, whoOf(request)) }))

  /** Also renews it. */
  app.post('/me/api-key', async (request, reply) => {
    const actor = adminOf(request, 'make an API key')
    const { password } = readInput(confirmRequest, request.body)
    await confirmPassword(deps, viewerOf(request), password, { address: request.ip, field: 'password' })
    return reply.code(201).send(await makeApiKey(deps, actor, viewerOf(request).user))
  })

  app.delete('/me/api-key', async (request, reply) => {
    await revokeApiKey(deps, actorOf(request), viewerOf(request).user)
    return reply.code(204).send()
  })
}
