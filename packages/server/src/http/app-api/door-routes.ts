import {
  acceptInvitationRequest,
  forgottenPasswordRequest,
  setPasswordRequest,
  signUpRequest,
  subdomainQuery,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { acceptInvitation, getInvitation } from '../../domain/invitations/accept-invitation.ts'
import { getPasswordLink, mailPasswordLinks, setPasswordByLink } from '../../domain/security/passwords.ts'
import { subdomainOf } from '../../domain/security/relying-party.ts'
import { askSubdomain, signUp } from '../../domain/security/sign-up.ts'
import { AppError } from '../../lib/app-error.ts'
import type { DoorLimits } from '../middleware/door-limits.ts'
import { readInput } from '../middleware/read-input.ts'
import type { AppDeps } from './app-deps.ts'
import { enter, visitorOf } from './session-routes.ts'

/** For people who are not logged in: new accounts, invitations, forgotten passwords. */
export function doorRoutes(app: FastifyInstance, deps: AppDeps, limits: DoorLimits): void {
  signUpRoutes(app, deps, limits)
  passwordRoutes(app, deps, limits)

  app.get('/invites/:token', async (request) => {
    limits.take('link', request.ip)
    return getInvitation(deps, tokenOf(request))
  })

  app.post('/invites/:token', async (request, reply) => {
    const given = readInput(acceptInvitationRequest, request.body)
    limits.take('link', request.ip)
    return enter(deps, reply, await acceptInvitation(deps, tokenOf(request), given, visitorOf(request)))
  })
}

function signUpRoutes(app: FastifyInstance, deps: AppDeps, limits: DoorLimits): void {
  app.post('/sign-ups', async (request, reply) => {
    refuseWhenClosed(deps)
    const given = readInput(signUpRequest, request.body)
    limits.take('signUp', request.ip)
    return enter(deps, reply, await signUp(deps, given, visitorOf(request)))
  })

  app.get('/sign-ups/subdomain', async (request) => {
    refuseWhenClosed(deps)
    const { subdomain } = readInput(subdomainQuery, request.query)
    limits.take('subdomain', request.ip)
    return askSubdomain(deps, subdomain)
  })
}

function passwordRoutes(app: FastifyInstance, deps: AppDeps, limits: DoorLimits): void {
  app.post('/password-links', async (request, reply) => {
    if (!deps.mailer)
      throw new AppError('conflict', 'This server sends no mail. Ask an admin of your account for a link.')
    const given = readInput(forgottenPasswordRequest, request.body)
    limits.take('forgotten', request.ip)
    limits.take('forgottenEmail', given.email.toLowerCase())
    const subdomain = subdomainOf(deps.publicUrl(), request.headers.host) ?? given.subdomain
    // Not waited for: the same answer after the same time, whether somebody has this e-mail or not.
    void mailPasswordLinks(deps, { email: given.email, subdomain }, request.ip).catch((error: unknown) => {
      request.log.error({ err: error }, 'a link to a new password could not be mailed')
    })
    return reply.code(202).send()
  })

  app.get('/password-links/:token', async (request) => {
    limits.take('link', request.ip)
    return getPasswordLink(deps, tokenOf(request))
  })

  app.post('/password-links/:token', async (request, reply) => {
    const { password } = readInput(setPasswordRequest, request.body)
    limits.take('link', request.ip)
    await setPasswordByLink(deps, tokenOf(request), password, request.ip)
    return reply.code(204).send()
  })
}

const tokenOf = (request: FastifyRequest) => (request.params as { token: string }).token

function refuseWhenClosed({ canSignUp }: AppDeps): void {
  if (canSignUp) return
  throw new AppError('forbidden', 'New accounts are made by whoever runs this server. Ask there.')
}
