import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openKeySession } from '../../domain/security/api-key-log-in.ts'
import type { Viewer } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { readAccountParts } from './account-parts.ts'
import { AUTH_PATH, answerLegacyErrors, secondsOf, sendLegacy } from './answer-legacy.ts'
import { type CrmDeps, getKeyViewer, KEY_COOKIE, logInByKey, readCredentials } from './crm-viewer.ts'
import { presentAccountV1, presentAccountV2 } from './present-legacy-account.ts'
import { addressOf, asksForChatId, readWith } from './read-with.ts'
import { takeForms } from './take-forms.ts'

/** Far more than an e-mail and a key need. */
const LONGEST_BODY_BYTES = 16 * 1024

/** `/private/api` and `/api/v2`: as much of the CRM API of 2017–2019 as chat integrations use (spec 06 §5). */
export function legacyRoutes(app: FastifyInstance, deps: CrmDeps): void {
  answerLegacyErrors(app, deps)
  takeForms(app)

  app.post(AUTH_PATH, { bodyLimit: LONGEST_BODY_BYTES }, async (request, reply) => {
    const credentials = readCredentials(request.body)
    if (!credentials)
      throw new AppError(
        'wrong_credentials',
        'Send USER_LOGIN (the e-mail) and USER_HASH (the API key of the profile).',
      )
    const viewer = await logInByKey(deps, request, credentials)
    setKeyCookie(deps, reply, await openKeySession(deps, viewer))
    return sendLegacy(request, reply, presentLogIn(viewer, secondsOf(deps.clock.now())))
  })

  app.get('/private/api/v2/json/accounts/current', async (request, reply) => {
    const viewer = await getKeyViewer(deps, request)
    const account = presentAccountV1(await readAccountParts(deps.db, viewer), asksForChatId(request.query))
    return sendLegacy(request, reply, { account, server_time: secondsOf(deps.clock.now()) })
  })

  app.get('/api/v2/account', async (request, reply) => {
    const viewer = await getKeyViewer(deps, request)
    const parts = await readAccountParts(deps.db, viewer)
    const at = { self: `${addressOf(deps, request)}/api/v2/account`, now: deps.clock.now() }
    return reply.type('application/hal+json').send(presentAccountV2(parts, readWith(request.query), at))
  })

  app.all('/private/api/*', answerGone)
}

/** Host-only, unlike that of the time: it is of no use at another account's address. */
function setKeyCookie({ isSecure }: CrmDeps, reply: FastifyReply, token: string): void {
  reply.setCookie(KEY_COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure })
}

const presentLogIn = ({ account, user, language }: Viewer, serverTime: number) => ({
  auth: true,
  accounts: [
    {
      id: String(account.id),
      name: account.name,
      subdomain: account.subdomain,
      language: account.language ?? 'en',
      timezone: account.timeZone,
    },
  ],
  user: { id: String(user.id), language: language ?? account.language ?? 'en' },
  server_time: serverTime,
})

async function answerGone(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const error = 'This part of the API of 2017 is not served. Use /api/v4 with a token: Authorization: Bearer prl_…'
  return sendLegacy(request, reply.code(410), { error, error_code: '410', domain: request.hostname })
}
