import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { createLogInLimiter } from '../../domain/users/log-in-limiter.ts'
import { accountRoutes } from './account-routes.ts'
import type { CrmDeps } from './crm-viewer.ts'
import { legacyRoutes } from './legacy-routes.ts'
import { oauthRoutes } from './oauth-routes.ts'

/** Programs call in parallel, and what is under way counts as failed until it is answered. */
const KEY_LIMITS = { perEmail: 20, perAddress: 100 }

/** What chat integrations ask the CRM itself: which account this is, today's way and that of 2017; and tokens to ask it with. */
export async function crmRoutes(app: FastifyInstance, given: Omit<CrmDeps, 'keyLimiter'>): Promise<void> {
  const deps = { ...given, keyLimiter: createLogInLimiter(given.clock, KEY_LIMITS) }
  await app.register(cookie)
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done()
  })
  // A scope each: they refuse in different words.
  const legacy: FastifyPluginAsync = async (scope) => legacyRoutes(scope, deps)
  const present: FastifyPluginAsync = async (scope) => accountRoutes(scope, deps)
  const oauth: FastifyPluginAsync = async (scope) => oauthRoutes(scope, deps)
  await app.register(legacy)
  await app.register(present)
  await app.register(oauth)
}
