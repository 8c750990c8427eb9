import { promises as dns, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, type Dispatcher } from 'undici'
import type { Clock } from './clock.ts'
import { describeNetworkError, type NetworkFailure, noAnswerWithin } from './network-failure.ts'
import { isPublicAddress } from './public-address.ts'

export interface OutgoingRequest {
  /** http or https; user and password in it become basic authorization. */
  url: string
  method: 'GET' | 'POST'
  headers: Readonly<Record<string, string>>
  body?: Buffer
  /** From now to the last byte of the answer that is read. */
  timeoutMs: number
}

export type FetchOutcome =
  /** Any status, 3xx too: redirects are not followed. `reply` is the first kilobyte of the body. */
  | { kind: 'answered'; status: number; reply: string; retryAfterMs?: number }
  | { kind: 'refused_address'; reason: string }
  | ({ kind: 'failed' } & NetworkFailure)
  /** The caller's signal ended it. */
  | { kind: 'aborted' }

export interface GuardedFetch {
  /** Never rejects for what the other side does; throws TypeError for a header that holds a line end. */
  fetch(request: OutgoingRequest, signal?: AbortSignal): Promise<FetchOutcome>
  close(): Promise<void>
}

export interface GuardedFetchOptions {
  clock: Clock
  /** Private, loopback and other special addresses may be called. */
  allowPrivateNetwork: boolean
  connectionsPerOrigin?: number
  resolve?: (hostname: string) => Promise<LookupAddress[]>
}

/** More of an answer is not read: the connection is dropped. */
const READ_LIMIT_BYTES = 64 * 1024
const KEPT_BYTES = 1024
const CONNECT_TIMEOUT_MS = 10_000

class RefusedAddressError extends Error {}

/**
 * HTTP to strangers. A name is resolved once, here, and the connection goes to the address that was checked:
 * a name server cannot show us one address and let us connect to another.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const { clock, allowPrivateNetwork } = options
  const agent = new Agent({
    connections: options.connectionsPerOrigin ?? 256,
    pipelining: 1,
    // Our own deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: guardedLookup(options.resolve ?? resolveName, allowPrivateNetwork),
    },
  })
  return {
    fetch: async (request, signal) => {
      const target = parseTarget(request.url, allowPrivateNetwork)
      if ('kind' in target) return target
      return fetchWithin(agent, clock, target, request, signal)
    },
    close: () => agent.destroy(),
  }
}

const resolveName = (hostname: string) => dns.lookup(hostname, { all: true, verbatim: true })

/** Only checked addresses come out. Asking for one name many times at once asks the resolver, which has few threads, once. */
function guardedLookup(resolve: (hostname: string) => Promise<LookupAddress[]>, allowPrivate: boolean): LookupFunction {
  const underway = new Map<string, Promise<LookupAddress[]>>()
  const lookUp = (hostname: string) => {
    const known = underway.get(hostname)
    if (known !== undefined) return known
    const asked = resolve(hostname).finally(() => underway.delete(hostname))
    underway.set(hostname, asked)
    return asked
  }
  return (hostname, options, callback) => {
    lookUp(hostname).then(
      (found) => {
        const addresses = allowPrivate ? found : found.filter(({ address }) => isPublicAddress(address))
        const first = addresses[0]
        if (!first) return callback(new RefusedAddressError(), '')
        if (options.all) return callback(null, addresses)
        callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

/** A reason of our own: the default one is an error with a stack, made anew for every request. */
const DONE = 'done'

const REFUSED_ADDRESS = { kind: 'refused_address', reason: 'its address is not on the public Internet' } as const

interface Target {
  origin: string
  path: string
  authorization: string | undefined
}

function parseTarget(text: string, allowPrivate: boolean): Target | FetchOutcome {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return { kind: 'failed', cause: 'other', reason: 'the address is not a URL' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'failed', cause: 'other', reason: 'the address is neither http nor https' }
  }
  // An IP address is never looked up. URL has already turned 0x7f.1, 2130706433 and the like into 127.0.0.1.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !allowPrivate && !isPublicAddress(host)) return REFUSED_ADDRESS
  return { origin: url.origin, path: url.pathname + url.search, authorization: basicAuthorization(url) }
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined
  return `Basic ${Buffer.from(`${unescapePercent(username)}:${unescapePercent(password)}`).toString('base64')}`
}

function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function fetchWithin(
  agent: Agent,
  clock: Clock,
  target: Target,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
): Promise<FetchOutcome> {
  const headers = checkHeaders(request.headers)
  if (signal?.aborted) return { kind: 'aborted' }
  const ended = new AbortController()
  const finished = new AbortController()
  const onAbort = () => ended.abort(DONE)
  signal?.addEventListener('abort', onAbort, { once: true })
  let isLate = false
  void clock.sleep(request.timeoutMs, finished.signal).then(() => {
    if (finished.signal.aborted) return
    isLate = true
    ended.abort(DONE)
  })
  try {
    const response = await agent.request({
      origin: target.origin,
      path: target.path,
      method: request.method,
      headers: target.authorization === undefined ? headers : { authorization: target.authorization, ...headers },
      body: request.body ?? null,
      signal: ended.signal,
    })
    const retryAfterMs = readRetryAfter(response.headers['retry-after'], clock.now())
    const reply = await readReply(response)
    return {
      kind: 'answered',
      status: response.statusCode,
      reply,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
  } catch (error) {
    if (isLate) return { kind: 'failed', ...noAnswerWithin(request.timeoutMs) }
    if (signal?.aborted) return { kind: 'aborted' }
    if (error instanceof RefusedAddressError) return REFUSED_ADDRESS
    return { kind: 'failed', ...describeNetworkError(error) }
  } finally {
    finished.abort(DONE)
    signal?.removeEventListener('abort', onAbort)
  }
}

function checkHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(name + value)) throw new TypeError(`The header ${JSON.stringify(name)} holds a line end.`)
  }
  return headers
}

/** The status has been said by now: a body that breaks off or never ends changes nothing about it. */
async function readReply({ body }: Dispatcher.ResponseData): Promise<string> {
  const kept: Buffer[] = []
  let [keptBytes, readBytes] = [0, 0]
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (keptBytes < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - keptBytes))
      keptBytes += chunk.length
      readBytes += chunk.length
      if (readBytes >= READ_LIMIT_BYTES) break
    }
  } catch {
    // What came so far is kept.
  }
  // PostgreSQL's text holds no NUL.
  return Buffer.concat(kept).toString('utf8').replaceAll('\0', '\uFFFD')
}

/** Seconds or an HTTP date, as milliseconds from now. */
export function readRetryAfter(header: string | string[] | undefined, now: Date): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  // A bare number that is none of seconds is no date either, though Date.parse would find one in it.
  const at = /^[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
