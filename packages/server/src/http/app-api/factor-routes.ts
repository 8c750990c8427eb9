import { confirmRequest, confirmTotpRequest, newPasskeyRequest, renamePasskeyRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { confirmPassword } from '../../domain/security/confirm-password.ts'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from '../../domain/security/passkeys.ts'
import { confirmTotp, renewRecoveryCodes, turnTotpOff } from '../../domain/security/second-factor.ts'
import { beginTotp } from '../../domain/security/totp.ts'
import { AppError } from '../../lib/app-error.ts'
import { readInput } from '../middleware/read-input.ts'
import { actorOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'
import { partyOf } from './session-routes.ts'

/** One's own second step of a log-in. What weakens or adds one asks for the password. */
export function factorRoutes(app: FastifyInstance, deps: AppDeps): void {
  async function confirm(request: FastifyRequest): Promise<void> {
    const { password } = readInput(confirmRequest, request.body)
    await confirmPassword(deps, viewerOf(request), password, { address: request.ip, field: 'password' })
  }

  app.post('/me/totp', async (request) => {
    await confirm(request)
    return beginTotp(deps, viewerOf(request))
  })

  app.post('/me/totp/confirm', async (request) => {
    const { code } = readInput(confirmTotpRequest, request.body)
    return confirmTotp(deps, actorOf(request), viewerOf(request), code)
  })

  app.post('/me/totp/turn-off', async (request, reply) => {
    await confirm(request)
    await turnTotpOff(deps, actorOf(request), viewerOf(request))
    return reply.code(204).send()
  })

  app.post('/me/recovery-codes', async (request) => {
    await confirm(request)
    return renewRecoveryCodes(deps, actorOf(request), viewerOf(request))
  })

  app.post('/me/passkeys/options', async (request) => {
    const party = partyOf(deps, request)
    await confirm(request)
    return beginPasskey(deps, viewerOf(request), party)
  })

  app.post('/me/passkeys', async (request, reply) => {
    const given = readInput(newPasskeyRequest, request.body)
    const party = partyOf(deps, request)
    return reply.code(201).send(await addPasskey(deps, viewerOf(request), { actor: actorOf(request), party }, given))
  })

  app.patch('/me/passkeys/:passkeyId', async (request, reply) => {
    const { name } = readInput(renamePasskeyRequest, request.body)
    await renamePasskey(deps, actorOf(request), passkeyOf(request), name)
    return reply.code(204).send()
  })

  app.post('/me/passkeys/:passkeyId/remove', async (request, reply) => {
    await confirm(request)
    await removePasskey(deps, viewerOf(request), actorOf(request), passkeyOf(request))
    return reply.code(204).send()
  })
}

/** As the authenticator named it. */
function passkeyOf(request: FastifyRequest): string {
  const { passkeyId } = request.params as { passkeyId: string }
  if (!/^[A-Za-z0-9_-]{1,1400}$/.test(passkeyId)) throw new AppError('not_found', 'There is no such passkey.')
  return passkeyId
}
