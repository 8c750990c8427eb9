import type { FastifyRequest } from 'fastify'
import type { Deps } from '../../domain/deps.ts'
import type { SendCode } from '../../domain/integrations/exchange-key.ts'
import { findByApiKey, findKeySession } from '../../domain/security/api-key-log-in.ts'
import { subdomainOf } from '../../domain/security/relying-party.ts'
import type { LogInLimiter } from '../../domain/users/log-in-limiter.ts'
import type { Viewer } from '../../domain/users/viewer.ts'
import { AppError } from '../../lib/app-error.ts'
import { findViewerAgain } from '../middleware/viewer.ts'

export interface CrmDeps extends Deps {
  /** People come by https: cookies may not travel otherwise. */
  isSecure: boolean
  /** Of its own: a program with a dead key must not keep its user from logging in. */
  keyLimiter: LogInLimiter
  sendCode: SendCode
}

/** What `auth.php` opens. It reads what is below `/private/api` and `/api/v2`, and nothing else. */
export const KEY_COOKIE = 'session_id'

export interface Credentials {
  login: string
  key: string
}

/** @throws {AppError} as `findByApiKey`, and `too_many_attempts` */
export async function logInByKey(deps: CrmDeps, request: FastifyRequest, credentials: Credentials): Promise<Viewer> {
  const address = request.ip
  // By both: the key cannot be guessed, and whoever only knows the e-mail must not shut a program out.
  const email = `${credentials.login} from ${address}`
  const userAgent = request.headers['user-agent'] ?? ''
  const subdomain = subdomainOf(deps.publicUrl(), request.headers.host)
  return deps.keyLimiter.guard({ email, address }, () =>
    findByApiKey(deps, { ...credentials, subdomain, address, userAgent }),
  )
}

/** By token or the screens' own session. @throws {AppError} `not_logged_in` */
export async function getTokenViewer(deps: CrmDeps, request: FastifyRequest): Promise<Viewer> {
  const viewer = await findViewerAgain(deps, request)
  if (!viewer) throw new AppError('not_logged_in', 'Send a token: Authorization: Bearer prl_…')
  return ofThisHost(deps, request, viewer)
}

/**
 * The same, or by what programs of 2017 have: login and key in the query, else the cookie of `auth.php`.
 * @throws {AppError} `not_logged_in`; as `logInByKey`
 */
export async function getKeyViewer(deps: CrmDeps, request: FastifyRequest): Promise<Viewer> {
  const credentials = readCredentials(request.query)
  if (credentials) return logInByKey(deps, request, credentials)
  const token = request.cookies[KEY_COOKIE]
  const viewer = (token !== undefined && (await findKeySession(deps, token))) || (await findViewerAgain(deps, request))
  if (viewer) return ofThisHost(deps, request, viewer)
  throw new AppError(
    'not_logged_in',
    'Log in first: POST /private/api/auth.php with USER_LOGIN and USER_HASH, or send both in the query.',
  )
}

/** `USER_LOGIN` and `USER_HASH`, of a body or a query; undefined when one is missing. */
export function readCredentials(given: unknown): Credentials | undefined {
  if (given === null || typeof given !== 'object') return undefined
  const { USER_LOGIN: login, USER_HASH: key } = given as Record<string, unknown>
  return isShort(login) && isShort(key) ? { login, key } : undefined
}

const LONGEST = 255
const isShort = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST

/** Below an account's own address nobody else's key, cookie or token answers. */
function ofThisHost(deps: CrmDeps, request: FastifyRequest, viewer: Viewer): Viewer {
  const subdomain = subdomainOf(deps.publicUrl(), request.headers.host)
  if (subdomain === undefined || subdomain === viewer.account.subdomain) return viewer
  throw new AppError('not_logged_in', `You are not logged in to the account ${subdomain}.`)
}
