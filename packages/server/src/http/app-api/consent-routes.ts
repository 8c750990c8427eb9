import { type ConsentAnswer, consentQuery, consentRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { allowIntegration, declineIntegration, getConsent } from '../../domain/integrations/consent.ts'
import { hostAsked } from '../../domain/security/relying-party.ts'
import { AppError } from '../../lib/app-error.ts'
import { withQuery } from '../../lib/with-query.ts'
import { codeAddress } from '../../wire/code-address.ts'
import type { DoorLimits } from '../middleware/door-limits.ts'
import { readInput } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** The page `/oauth`, where somebody decides whether a program may work in his account (spec 03 §2.1). */
export function consentRoutes(app: FastifyInstance, deps: AppDeps, limits: DoorLimits): void {
  app.get('/consent', async (request) => {
    const viewer = viewerOf(request)
    limits.take('consentPage', `${viewer.account.id} ${viewer.user.id}`)
    return getConsent(deps.db, viewer, readInput(consentQuery, request.query))
  })

  app.post('/consent', async (request): Promise<ConsentAnswer> => {
    refuseTokens(request)
    const { account, user } = viewerOf(request)
    limits.take('consent', `${account.id} ${user.id}`)
    const { decision, state, codeChallenge, ...query } = readInput(consentRequest, request.body)
    const given = state === undefined ? {} : { state }
    if (decision === 'decline') {
      const redirectUri = await declineIntegration(deps.db, account.id, query)
      return { url: withQuery(redirectUri, { error: 'access_denied', ...given }) }
    }
    const actor = adminOf(request, 'install integrations')
    const { code, redirectUri } = await allowIntegration(deps, actor, query, codeChallenge ?? null)
    const referer = hostAsked(deps.publicUrl(), request.headers.host)
    return { url: codeAddress(redirectUri, { code, referer, clientId: query.clientId, state }) }
  })
}

/** A program must not let another one in: that would outlive its own token. */
function refuseTokens({ headers }: FastifyRequest): void {
  if (headers.authorization === undefined) return
  throw new AppError('forbidden', 'People let integrations in, on the screen. A token cannot.')
}
