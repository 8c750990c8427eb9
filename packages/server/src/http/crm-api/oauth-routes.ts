import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { getAccount } from '../../domain/accounts/account-queries.ts'
import { authenticateClient, type Client } from '../../domain/integrations/authenticate-client.ts'
import { exchangeCode } from '../../domain/integrations/exchange-code.ts'
import { exchangeKey } from '../../domain/integrations/exchange-key.ts'
import { refuseClient, refuseGrant, refuseRequest, revoked } from '../../domain/integrations/oauth-refusal.ts'
import { findAccountOfRefreshToken, refreshTokens } from '../../domain/integrations/refresh-tokens.ts'
import { revokeToken } from '../../domain/integrations/revoke-token.ts'
import type { TokenPair } from '../../domain/integrations/token-family.ts'
import { hostAsked } from '../../domain/security/relying-party.ts'
import { codeAddress } from '../../wire/code-address.ts'
import { DoorLimits } from '../middleware/door-limits.ts'
import { answerOAuthErrors } from './answer-oauth.ts'
import { type CrmDeps, getTokenViewer, logInByKey } from './crm-viewer.ts'
import { addressOf } from './read-with.ts'
import { takeForms } from './take-forms.ts'

/** Far more than a few tokens need. */
const LONGEST_BODY_BYTES = 32 * 1024

/** `/oauth2`: how programs that were let in get their tokens, renew them and give them up (spec 03 §2). */
export function oauthRoutes(app: FastifyInstance, deps: CrmDeps): void {
  answerOAuthErrors(app)
  takeForms(app)
  const limits = new DoorLimits(deps.clock)

  app.post('/oauth2/access_token', { bodyLimit: LONGEST_BODY_BYTES }, async (request) => {
    limits.take('token', request.ip)
    const client = await clientOf(deps, request)
    const given = read(tokenBody, request.body)
    return presentPair(deps, await grant(deps, client, given, request.ip))
  })

  /** Tokens in place of an API key: the code goes to the redirect URI. */
  app.post('/oauth2/exchange_api_key', { bodyLimit: LONGEST_BODY_BYTES }, async (request, reply) => {
    limits.take('token', request.ip)
    const { login, api_key: key, client_uuid: clientId, client_secret: secret, state } = read(keyBody, request.body)
    const client = await authenticateClient(deps, { clientId, secret })
    const viewer = await logInByKey(deps, request, { login, key })
    limits.take('exchange', `${viewer.account.id} ${client.id}`)
    const { code, redirectUri } = await exchangeKey(deps, client, viewer, request.ip)
    const referer = hostAsked(deps.publicUrl(), request.headers.host)
    deps.sendCode(
      client.id,
      codeAddress(redirectUri, { code, referer, clientId: client.id, state, isFromExchange: true }),
    )
    return reply.code(202).send()
  })

  /** RFC 7009. */
  app.post('/oauth2/revoke', { bodyLimit: LONGEST_BODY_BYTES }, async (request) => {
    limits.take('token', request.ip)
    const client = await clientOf(deps, request)
    const { token } = read(revokeBody, request.body)
    await revokeToken(deps, client, token, request.ip)
    return {}
  })

  /** Where the account lives now, for whoever has a refresh token of it. */
  app.get('/oauth2/account/current/subdomain', async (request) => {
    limits.take('token', request.ip)
    const token = request.headers['x-refresh-token']
    if (typeof token !== 'string') throw refuseClient('Send the refresh token: X-Refresh-Token.')
    const accountId = await findAccountOfRefreshToken(deps, token)
    if (accountId === undefined) throw revoked()
    const { id, subdomain } = await getAccount(deps.db, accountId)
    return presentAddress(deps, request, id, subdomain)
  })

  /** The same by an access token. */
  app.get('/oauth2/account/subdomain', async (request) => {
    const { account } = await getTokenViewer(deps, request)
    return presentAddress(deps, request, account.id, account.subdomain)
  })
}

const text = z.string().min(1, 'is missing').max(4096)
const clientBody = z.object({ client_id: text, client_secret: text })
const tokenBody = z.object({
  grant_type: text,
  code: text.optional(),
  refresh_token: text.optional(),
  redirect_uri: text.optional(),
  code_verifier: text.optional(),
})
const keyBody = z.object({
  login: text,
  api_key: text,
  client_uuid: text,
  client_secret: text,
  state: text.optional(),
})
const revokeBody = z.object({ token: text })

type TokenBody = z.infer<typeof tokenBody>

/** @throws {AppError} `invalid_request` that names the first field that is wrong */
function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body ?? {})
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') || 'The body'
  const isMissing = issue?.code === 'invalid_type' && issue.input === undefined
  throw refuseRequest('invalid_request', `${field} ${isMissing ? 'is missing' : 'is not understood'}.`)
}

/** By the body, as the CRM's programs do, or by Basic, as RFC 6749 has it. */
async function clientOf(deps: CrmDeps, request: FastifyRequest): Promise<Client> {
  const basic = readBasic(request.headers.authorization)
  if (basic) return authenticateClient(deps, basic)
  const { client_id: clientId, client_secret: secret } = read(clientBody, request.body)
  return authenticateClient(deps, { clientId, secret })
}

function readBasic(header: string | undefined): { clientId: string; secret: string } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return undefined
  const [clientId = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { clientId, secret: secret.join(':') }
}

async function grant(deps: CrmDeps, client: Client, given: TokenBody, address: string): Promise<TokenPair> {
  const { redirect_uri: redirectUri } = given
  if (given.grant_type === 'authorization_code') {
    if (given.code === undefined) throw refuseRequest('invalid_request', 'code is missing.')
    if (redirectUri === undefined) throw refuseRequest('invalid_request', 'redirect_uri is missing.')
    return exchangeCode(deps, client, { code: given.code, redirectUri, verifier: given.code_verifier, address })
  }
  if (given.grant_type === 'refresh_token') {
    if (given.refresh_token === undefined) throw refuseRequest('invalid_request', 'refresh_token is missing.')
    // The CRM asks for it here, too; RFC 6749 does not, so its absence is no reason to refuse.
    if (redirectUri !== undefined && !client.redirectUris.includes(redirectUri))
      throw refuseGrant('Check the `redirect_uri` parameter', 'redirect_uri is not one that was registered.')
    return refreshTokens(deps, client, { refreshToken: given.refresh_token, address })
  }
  throw refuseRequest('unsupported_grant_type', 'grant_type is neither authorization_code nor refresh_token.')
}

function presentPair({ clock }: CrmDeps, { accessToken, refreshToken, expiresAt }: TokenPair) {
  const now = Math.floor(clock.now().getTime() / 1000)
  return {
    token_type: 'Bearer',
    expires_in: Math.floor(expiresAt.getTime() / 1000) - now,
    server_time: now,
    access_token: accessToken,
    refresh_token: refreshToken,
  }
}

function presentAddress(deps: CrmDeps, request: FastifyRequest, id: number, subdomain: string) {
  const { host, hostname } = new URL(addressOf(deps, request))
  return { id, subdomain, domain: host, top_level_domain: hostname.split('.').at(-1) ?? hostname }
}
