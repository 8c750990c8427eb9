import { randomBytes } from 'node:crypto'
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { systemClock } from '../lib/clock.ts'
import { type AdminOptions, adminRoutes } from './admin-api/admin-routes.ts'
import type { AppDeps } from './app-api/app-deps.ts'
import { appRoutes } from './app-api/app-routes.ts'
import type { ChatsDeps } from './chats-api/chats-deps.ts'
import { chatsRoutes } from './chats-api/chats-routes.ts'
import { RateLimits } from './chats-api/rate-limits.ts'
import { crmRoutes } from './crm-api/crm-routes.ts'
import type { CrmDeps } from './crm-api/crm-viewer.ts'
import { docsRoutes } from './docs/docs-routes.ts'
import { fileRoutes } from './files/file-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { measureRequests } from './measure-requests.ts'
import { pagesRoutes } from './pages-routes.ts'

export interface AppOptions extends AdminOptions {
  /** Turns true when the server begins to stop: then it is not ready. */
  isStopping: () => boolean
  /** Chats API requests a second that a connection may make. */
  rateLimit: number
  /** How far the `Date` of a chats API request may be from our clock. */
  signatureWindowMs: number
  /** Only these are believed when they say whom they speak for (`X-Forwarded-For`). */
  trustedProxies: readonly string[]
}

/** Chats API bodies (spec 01 §2.5); the other surfaces take no more. */
const LONGEST_BODY_BYTES = 1024 * 1024

/** An integration's id of 255 bytes, percent-encoded. */
const LONGEST_PATH_PART = 1024

/** All of HTTP, on one port. Every surface is registered in a scope of its own, so its parsers and hooks stay there. */
export async function createApp(
  deps: Omit<AppDeps, 'signedBy' | 'signatureWindowMs'> &
    Pick<ChatsDeps, 'ingest' | 'requestLog'> &
    Pick<CrmDeps, 'sendCode'>,
  { adminToken, ephemeral, isStopping, rateLimit, signatureWindowMs, trustedProxies }: AppOptions,
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    // A line per request would cost more than the request; /metrics counts them, and what fails is logged where it fails.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: makeRequestIds(),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: LONGEST_BODY_BYTES,
    routerOptions: { maxParamLength: LONGEST_PATH_PART },
    // A path that cannot be decoded names nothing.
    frameworkErrors: (_error, request, reply) => void answerUnknownPath(request, reply),
    // What is idle is closed at once when we stop; what is in hand is finished.
    forceCloseConnections: 'idle',
  })
  app.decorate('routeNames', nameRoutes(app))
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff')
    done()
  })
  measureRequests(app)
  app.setNotFoundHandler(answerUnknownPath)
  app.setErrorHandler(answerStrayError)
  await app.register(async (scope) => healthRoutes(scope, deps, isStopping))
  const limits = new RateLimits(deps.clock, rateLimit)
  const signedBy = ephemeral ? systemClock : deps.clock
  await app.register(async (scope) => chatsRoutes(scope, { ...deps, limits, signatureWindowMs, signedBy }))
  await app.register(async (scope) => appRoutes(scope, { ...deps, signatureWindowMs, signedBy }))
  await app.register(async (scope) => crmRoutes(scope, deps))
  await app.register(async (scope) => adminRoutes(scope, deps, { adminToken, ephemeral }))
  await app.register(async (scope) => fileRoutes(scope, deps))
  await app.register(async (scope) => docsRoutes(scope))
  await app.register(async (scope) => pagesRoutes(scope))
  return app
}

declare module 'fastify' {
  interface FastifyInstance {
    /** `GET /api/app/v1/chats/:chatId`, of everything that is answered. */
    routeNames: readonly string[]
  }
}

/** Collects what is registered from here on. */
function nameRoutes(app: FastifyInstance): readonly string[] {
  const names: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) names.push(`${one} ${url}`)
  })
  return names
}

/** A prefix that is this process's, and a number: unique without asking for chance on every request. */
function makeRequestIds(): () => string {
  const prefix = randomBytes(6).toString('base64url')
  let last = 0
  return () => `${prefix}-${(++last).toString(36)}`
}

/** The chats API answers an unknown path with no body at all (spec 01 §2.4). */
function answerUnknownPath(request: Pick<FastifyRequest, 'url' | 'method'>, reply: FastifyReply): FastifyReply {
  reply.code(404)
  if (request.url.startsWith('/v2/')) return reply.send()
  return reply.send({
    error: { code: 'not_found', message: `There is no ${request.method} ${request.url.split('?')[0]}.` },
  })
}

/** What no surface's own handler answered: Fastify's refusals (a body too large, say), else a bug, which tells nothing outside. */
function answerStrayError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (status < 500) return reply.code(status).send({ error: { code: 'invalid_request', message: error.message } })
  request.log.error({ err: error, method: request.method, url: request.url }, 'request failed')
  return reply.code(500).send({ error: { code: 'internal', message: 'Internal error.' } })
}
