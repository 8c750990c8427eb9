import {
  type Entrance,
  logInCodeRequest,
  logInRequest,
  passkeyLogInOptionsRequest,
  passkeyLogInRequest,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findAccountBySubdomain } from '../../domain/accounts/account-queries.ts'
import { finishWithCode } from '../../domain/security/finish-log-in.ts'
import { logIn, type OpenedSession, type OpenedStep } from '../../domain/security/log-in.ts'
import {
  beginPasskeyFactor,
  beginPasskeyLogIn,
  finishWithPasskey,
  isSecondStep,
  logInWithPasskey,
} from '../../domain/security/passkey-log-in.ts'
import { baseHostOf, findRelyingParty, type RelyingParty, subdomainOf } from '../../domain/security/relying-party.ts'
import type { Visitor } from '../../domain/security/visitor.ts'
import { endSession } from '../../domain/users/sessions.ts'
import { presentMe } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import type { DoorLimits } from '../middleware/door-limits.ts'
import { readInput } from '../middleware/read-input.ts'
import { SESSION_COOKIE, sessionCookie, sessionTokenOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Getting in, and out again. */
export function sessionRoutes(app: FastifyInstance, deps: AppDeps, limits: DoorLimits): void {
  app.get('/entrance', async (request): Promise<Entrance> => {
    const subdomain = subdomainOf(deps.publicUrl(), request.headers.host)
    const account = subdomain === undefined ? undefined : await findAccountBySubdomain(deps.db, subdomain)
    return {
      account: account ? { name: account.name, subdomain: account.subdomain } : null,
      canSignUp: deps.canSignUp,
      canMail: deps.mailer !== undefined,
      canUsePasskeys: findRelyingParty(deps.publicUrl(), request.headers.host) !== undefined,
      baseHost: baseHostOf(deps.publicUrl()),
    }
  })

  app.post('/session', async (request, reply) => {
    const given = readInput(logInRequest, request.body)
    const subdomain = subdomainOf(deps.publicUrl(), request.headers.host) ?? given.subdomain
    const opened = await deps.logInLimiter.guard({ email: given.email, address: request.ip }, () =>
      logIn(deps, { ...given, subdomain, ...visitorOf(request) }),
    )
    if (opened.kind === 'second_factor') throw secondFactorNeeded(opened)
    return enter(deps, reply, opened)
  })

  app.post('/session/code', async (request, reply) => {
    const given = readInput(logInCodeRequest, request.body)
    return enter(deps, reply, await finishWithCode(deps, given, visitorOf(request)))
  })

  app.post('/session/passkey/options', async (request) => {
    const { ticket } = readInput(passkeyLogInOptionsRequest, request.body)
    const party = partyOf(deps, request)
    limits.take('passkey', request.ip)
    return ticket === undefined ? beginPasskeyLogIn(deps, party) : beginPasskeyFactor(deps, ticket, party)
  })

  app.post('/session/passkey', async (request, reply) => {
    const given = readInput(passkeyLogInRequest, request.body)
    const at = { party: partyOf(deps, request), visitor: visitorOf(request) }
    limits.take('passkey', request.ip)
    if (await isSecondStep(deps, given.step)) return enter(deps, reply, await finishWithPasskey(deps, given, at))
    const subdomain = subdomainOf(deps.publicUrl(), request.headers.host)
    return enter(deps, reply, await logInWithPasskey(deps, given, { ...at, subdomain }))
  })

  app.delete('/session', async (request, reply) => {
    const token = sessionTokenOf(request)
    if (token !== undefined) {
      await endSession(deps, token)
      deps.streams.endSession(token)
    }
    return reply.clearCookie(SESSION_COOKIE, sessionCookie(deps.isSecure)).code(204).send()
  })
}

export const visitorOf = (request: FastifyRequest): Visitor => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
})

/** Hands the session over as a cookie, and says whose it is. */
export function enter(deps: Pick<AppDeps, 'isSecure'>, reply: FastifyReply, session: OpenedSession) {
  reply.setCookie(SESSION_COOKIE, session.token, sessionCookie(deps.isSecure, session.expiresAt))
  return presentMe(session.me)
}

/** @throws {AppError} `conflict`: no passkey can be made for this address */
export function partyOf({ publicUrl }: Pick<AppDeps, 'publicUrl'>, request: FastifyRequest): RelyingParty {
  const party = findRelyingParty(publicUrl(), request.headers.host)
  if (party) return party
  throw new AppError('conflict', `Passkeys belong to a name: open ${publicUrl()}, or give the server a name.`)
}

function secondFactorNeeded({ ticket, factors, expiresAt }: OpenedStep): AppError {
  return new AppError('second_factor_needed', 'The password is right. A code or a passkey is asked for, too.', {
    details: { ticket, factors, expiresAt: expiresAt.getTime() },
  })
}
