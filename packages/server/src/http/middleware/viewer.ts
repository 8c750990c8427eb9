import type { UserId } from '@parley/protocol/model'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/audit/append-audit.ts'
import type { Deps } from '../../domain/deps.ts'
import { findAccess } from '../../domain/integrations/find-access.ts'
import { findToken, isPersonalToken } from '../../domain/users/api-tokens.ts'
import { findSession } from '../../domain/users/sessions.ts'
import { requireAdmin, requireOperator, type Viewer } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { scopeOf } from './scoped-routes.ts'

export const SESSION_COOKIE = 'parley_session'

/** How the session cookie is set: no script reads it, no other site sends it. */
export function sessionCookie(isSecure: boolean, expires?: Date) {
  return { httpOnly: true, sameSite: 'strict' as const, path: '/', secure: isSecure, ...(expires && { expires }) }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by `requireViewer`. */
    viewer: Viewer | undefined
  }
}

type ViewerDeps = HolderDeps & { isSecure: boolean }
type HolderDeps = Pick<Deps, 'db' | 'clock' | 'tokenSigner'>

/** Every route of this scope then knows who asks, by session cookie or bearer token, or is refused. */
export function requireViewer(app: FastifyInstance, deps: ViewerDeps): void {
  app.decorateRequest('viewer', undefined)
  app.addHook('onRequest', async (request, reply) => {
    request.viewer = await findViewer(deps, request, reply)
    if (!request.viewer)
      throw new AppError('not_logged_in', 'Log in first, or send a token: Authorization: Bearer prl_…')
  })
}

/** @throws {Error} on a route that does not require a viewer: a bug */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new Error('This route has no viewer.')
  return request.viewer
}

/** Somebody of the account. */
type UserActor = Actor & { userId: UserId }

/** The same, as the audit log names it. */
export function actorOf(request: FastifyRequest): UserActor {
  const { account, user } = viewerOf(request)
  return { accountId: account.id, userId: user.id, address: request.ip }
}

/**
 * The same, of an admin.
 * @throws {AppError} `forbidden`: only admins may do this
 */
export function adminOf(request: FastifyRequest, what: string): UserActor {
  requireAdmin(viewerOf(request), what)
  return actorOf(request)
}

/**
 * The same, of who runs this server, whatever account he is in.
 * @throws {AppError} `forbidden`: only operators may do this
 */
export function operatorOf(request: FastifyRequest, what: string): Actor {
  requireOperator(viewerOf(request), what)
  return actorOf(request)
}

export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE]
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** Who asks, as he is now. */
export async function findViewerAgain(deps: HolderDeps, request: FastifyRequest): Promise<Viewer | undefined> {
  const bearer = bearerOf(request)
  if (bearer !== undefined) return findHolder(deps, request, bearer)
  const token = sessionTokenOf(request)
  return token === undefined ? undefined : findSession(deps, token)
}

/**
 * A person's token does what he may; an integration's also only what it was let do.
 * @throws {AppError} `forbidden`: the integration was not let do this
 */
async function findHolder(deps: HolderDeps, request: FastifyRequest, bearer: string): Promise<Viewer | undefined> {
  if (isPersonalToken(bearer)) return findToken(deps, bearer)
  const access = await findAccess(deps, bearer)
  if (!access) return undefined
  const needed = scopeOf(request.method, request.routeOptions.url ?? '')
  if (needed === undefined) throw new AppError('forbidden', 'Tokens of integrations do not open this.')
  if (!access.scopes.includes(needed))
    throw new AppError(
      'forbidden',
      `This token lacks the scope ${needed}. Ask for it, and install the integration anew.`,
    )
  return access
}

async function findViewer(deps: ViewerDeps, request: FastifyRequest, reply: FastifyReply): Promise<Viewer | undefined> {
  const bearer = bearerOf(request)
  if (bearer !== undefined) return findHolder(deps, request, bearer)
  const token = sessionTokenOf(request)
  if (token === undefined) return undefined
  refuseForeignOrigin(request)
  const session = await findSession(deps, token, request.ip)
  if (session?.isProlonged) reply.setCookie(SESSION_COOKIE, token, sessionCookie(deps.isSecure, session.expiresAt))
  return session
}

/**
 * A cookie comes along by itself, so what changes something must come from our own pages. SameSite=Strict keeps other sites
 * out already; this also refuses sandboxed frames, whose origin is `null`.
 * @throws {AppError} `forbidden`
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (isForeignSite || (origin !== undefined && hostOf(origin) !== request.headers.host)) {
    throw new AppError('forbidden', 'This request came from another site. Programs send a token instead of the cookie.')
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
