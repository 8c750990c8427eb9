import { promises as dns, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { BoundedMap } from './bounded-map.ts'
import type { Clock } from './clock.ts'
import { Exchanges } from './exchange.ts'
import { describeNetworkError, type NetworkFailure } from './network-failure.ts'
import { isPublicAddress } from './public-address.ts'

export { readRetryAfter } from './exchange.ts'

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
  /** Which addresses are not private; absent: `isPublicAddress`. */
  isPublic?: MayCall
}

export type MayCall = (address: string) => boolean

export const mayCallOf = ({ allowPrivateNetwork, isPublic = isPublicAddress }: GuardedFetchOptions): MayCall =>
  allowPrivateNetwork ? () => true : isPublic

const CONNECT_TIMEOUT_MS = 10_000
const REMEMBERED_TARGETS = 1000

export class RefusedAddressError extends Error {}

/**
 * HTTP to strangers. A name is resolved once, here, and the connection goes to the address that was checked:
 * a name server cannot show us one address and let us connect to another.
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const agent = createGuardedAgent(options)
  const exchanges = new Exchanges(agent, options.clock)
  const targetOf = rememberTargets(mayCallOf(options))
  return {
    fetch: async (request, signal) => {
      const target = targetOf(request.url)
      if ('kind' in target) return target
      return fetchWithin(exchanges, target, request, signal)
    },
    close: () => agent.destroy(),
  }
}

/** One address gets many requests; taking it apart costs as much as a signature. */
function rememberTargets(mayCall: MayCall): (url: string) => Target | BadTarget {
  const known = new BoundedMap<string, Target | BadTarget>(REMEMBERED_TARGETS)
  return (url) => {
    const found = known.get(url)
    if (found !== undefined) return found
    const parsed = parseTarget(url, mayCall)
    known.set(url, parsed)
    return parsed
  }
}

/** Connections to strangers, at checked addresses only; who uses them watches the time. */
export function createGuardedAgent(options: GuardedFetchOptions): Agent {
  return new Agent({
    connections: options.connectionsPerOrigin ?? 256,
    pipelining: 1,
    // Our own deadline covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      lookup: guardedLookup(options.resolve ?? resolveName, mayCallOf(options)),
    },
  })
}

const resolveName = (hostname: string) => dns.lookup(hostname, { all: true, verbatim: true })

/** Only checked addresses come out. Asking for one name many times at once asks the resolver, which has few threads, once. */
function guardedLookup(resolve: (hostname: string) => Promise<LookupAddress[]>, mayCall: MayCall): LookupFunction {
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
        const addresses = found.filter(({ address }) => mayCall(address))
        const first = addresses[0]
        if (!first) return callback(new RefusedAddressError(), '')
        if (options.all) return callback(null, addresses)
        callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

export const REFUSED_ADDRESS = { kind: 'refused_address', reason: 'its address is not on the public Internet' } as const

export interface Target {
  origin: string
  path: string
  /** Made of the user and password of the address. */
  authorization: string | undefined
}

export type BadTarget = Extract<FetchOutcome, { reason: string }>

/** What of an address is needed to ask there, or why nobody may. A name is checked only when it is looked up. */
export function parseTarget(text: string, mayCall: MayCall = isPublicAddress): Target | BadTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return { kind: 'failed', cause: 'other', reason: 'the address is not a URL' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'failed', cause: 'other', reason: 'the address is neither http nor https' }
  }
  // An IP address is never looked up. URL has already turned 0x7f.1, 2130706433 and the like into 127.0.0.1.
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayCall(host)) return REFUSED_ADDRESS
  return { origin: url.origin, path: url.pathname + url.search, authorization: basicAuthorization(url) }
}

/** An address that leads inside, as far as can be seen without looking a name up; none leads nowhere. */
export function isPrivateTarget(url: string | null | undefined, allowPrivate: boolean): boolean {
  if (url === null || url === undefined || allowPrivate) return false
  return 'kind' in parseTarget(url) || /(^|\.)(localhost|local|internal)\.?$/.test(new URL(url).hostname)
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
  exchanges: Exchanges,
  target: Target,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
): Promise<FetchOutcome> {
  const { origin, path, authorization } = target
  const { method, body = null, timeoutMs } = request
  checkHeaders(request.headers)
  const headers = authorization === undefined ? request.headers : { authorization, ...request.headers }
  try {
    return await exchanges.make({ origin, path, method, headers, body, timeoutMs }, signal)
  } catch (error) {
    if (error instanceof RefusedAddressError) return REFUSED_ADDRESS
    return { kind: 'failed', ...describeNetworkError(error) }
  }
}

function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(name + value)) throw new TypeError(`The header ${JSON.stringify(name)} holds a line end.`)
  }
}
