import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What went wrong, for a person and (`code`) for a program. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export interface ServerOptions {
  url?: string
  adminToken?: string
}

type Environment = Record<string, string | undefined>

export interface AdminClient {
  get<Answer>(path: string, query?: Record<string, string | undefined>): Promise<Answer>
  post<Answer>(path: string, body?: Record<string, unknown>): Promise<Answer>
  patch<Answer>(path: string, body: Record<string, unknown>): Promise<Answer>
}

const ANSWER_MS = 60_000

/**
 * The running server's admin API.
 * @throws {CliError} no token to be found; and from its methods: the server's refusal, or `not_running`
 */
export function openAdminClient(options: ServerOptions, env: Environment = process.env): AdminClient {
  const origin = findOrigin(options, env)
  const token = findToken(options, env)
  const call = async <Answer>(method: string, path: string, body?: Record<string, unknown>): Promise<Answer> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' }
    if (body) headers['content-type'] = 'application/json'
    const init = {
      method,
      headers,
      signal: AbortSignal.timeout(ANSWER_MS),
      ...(body && { body: JSON.stringify(body) }),
    }
    const response = await fetch(`${origin}/api/admin/v1${path}`, init).catch((cause: unknown) => {
      throw noAnswer(origin, cause)
    })
    return readAnswer<Answer>(origin, response)
  }
  return {
    get: (path, query = {}) => call('GET', path + toQuery(query)),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
  }
}

/** Where the server is, by the same variables that tell the server where to listen. */
export function findOrigin({ url }: ServerOptions, env: Environment): string {
  const given = url ?? env.PARLEY_URL
  if (given) {
    if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given.replace(/\/+$/, '')
    throw new CliError('invalid_request', `${given} is no address: use http://host:port.`)
  }
  const host = env.PARLEY_HOST || '127.0.0.1'
  // Bound to all addresses, it answers on this one, too.
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' || host === '[::]' ? '::1' : host
  const bracketed = reachable.includes(':') && !reachable.startsWith('[') ? `[${reachable}]` : reachable
  return `http://${bracketed}:${env.PARLEY_PORT || '7300'}`
}

function findToken({ adminToken }: ServerOptions, env: Environment): string {
  const given = adminToken ?? env.PARLEY_ADMIN_TOKEN
  if (given) return given
  const path = join(env.PARLEY_DATA_DIR || '.parley', 'admin-token')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    const otherwise = 'give --admin-token or PARLEY_ADMIN_TOKEN, or name the data directory in PARLEY_DATA_DIR'
    throw new CliError('no_admin_token', `There is no admin token in ${path}: ${otherwise}.`, { cause })
  }
}

function toQuery(query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

async function readAnswer<Answer>(origin: string, response: Response): Promise<Answer> {
  const text = await response.text().catch((cause: unknown) => {
    throw noAnswer(origin, cause)
  })
  const answer = parse(text)
  if (response.ok && answer !== undefined) return answer as Answer
  const error = (answer as { error?: { code?: string; message?: string } } | undefined)?.error
  if (error?.code && error.message) throw new CliError(error.code, error.message)
  throw new CliError('not_parley', `What answers at ${origin} is no Parley server (status ${response.status}).`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function noAnswer(origin: string, cause: unknown): CliError {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new CliError('no_answer', `Parley at ${origin} has not answered for ${ANSWER_MS / 1000} seconds.`, { cause })
  }
  const hint = 'start it with npm start, or say where it is with --url or PARLEY_URL'
  return new CliError('not_running', `No Parley server answers at ${origin}: ${hint}.`, { cause })
}
