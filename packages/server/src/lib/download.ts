import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Agent, Dispatcher } from 'undici'
import type { Clock } from './clock.ts'
import { readDispositionName } from './content-disposition.ts'
import {
  createGuardedAgent,
  type GuardedFetchOptions,
  type MayCall,
  mayCallOf,
  parseTarget,
  REFUSED_ADDRESS,
  RefusedAddressError,
  readRetryAfter,
  type Target,
} from './guarded-fetch.ts'
import { describeNetworkError, type NetworkFailure, noAnswerWithin } from './network-failure.ts'
import { type ReceivedFile, receiveFile, TooLargeError, WriteError } from './receive-file.ts'
import { type SilenceWatch, watchSilence } from './silence-watch.ts'

export interface DownloadRequest {
  /** http or https; user and password in it become basic authorization, for its own origin alone. */
  url: string
  /** A new file. It is there when `downloaded` is the outcome, and only then. */
  path: string
  maxBytes: number
}

export type DownloadOutcome =
  /** `fileName` is what the other side calls it, unchecked; null when it does not say. */
  | ({ kind: 'downloaded'; host: string; fileName: string | null } & ReceivedFile)
  /** Any status but 2xx. */
  | { kind: 'answered'; host: string; status: number; retryAfterMs?: number }
  | { kind: 'too_large' }
  | { kind: 'empty'; host: string }
  | { kind: 'too_many_redirects'; host: string }
  | { kind: 'refused_address'; host: string; reason: string }
  /** The answer had begun and did not end. */
  | { kind: 'broke_off'; host: string; reason: string }
  | ({ kind: 'failed'; host: string } & NetworkFailure)
  /** The caller's signal ended it. */
  | { kind: 'aborted' }

export interface Downloader {
  /**
   * Gets a file from a stranger, into a file. Redirects are followed, each to an address that is checked like the first.
   * Resolves whatever the other side does.
   * @throws {WriteError} the file could not be written here
   */
  download(request: DownloadRequest, signal?: AbortSignal): Promise<DownloadOutcome>
  close(): Promise<void>
}

const MOST_REDIRECTS = 5
const LIMITS = { silenceMs: 30_000, wholeMs: 600_000 }
const HEADERS = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Parley' }

export function createDownloader(options: GuardedFetchOptions): Downloader {
  const agent = createGuardedAgent(options)
  return {
    download: (request, signal) => new Download(agent, options, request).run(signal),
    close: () => agent.destroy(),
  }
}

const DONE = 'done'

/** One file, over as many addresses as it takes. */
class Download {
  readonly #agent: Agent
  readonly #clock: Clock
  readonly #mayCall: MayCall
  readonly #request: DownloadRequest
  readonly #ended = new AbortController()
  #url: string
  #lateAfterMs: number | undefined
  #hasBegun = false

  constructor(agent: Agent, options: GuardedFetchOptions, request: DownloadRequest) {
    this.#agent = agent
    this.#clock = options.clock
    this.#mayCall = mayCallOf(options)
    this.#request = request
    this.#url = request.url
  }

  async run(signal?: AbortSignal): Promise<DownloadOutcome> {
    if (signal?.aborted) return { kind: 'aborted' }
    const onAbort = () => this.#ended.abort(DONE)
    signal?.addEventListener('abort', onAbort, { once: true })
    const watch = watchSilence(this.#clock, LIMITS, (limitMs) => {
      this.#lateAfterMs = limitMs
      this.#ended.abort(DONE)
    })
    try {
      return await this.#follow(watch)
    } catch (error) {
      return this.#describe(error, signal)
    } finally {
      watch.end()
      signal?.removeEventListener('abort', onAbort)
    }
  }

  async #follow(watch: SilenceWatch): Promise<DownloadOutcome> {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const target = parseTarget(this.#url, this.#mayCall)
      if ('kind' in target) return { ...target, host: this.#host }
      const response = await this.#ask(target)
      watch.hear()
      const next = redirectOf(response, this.#url)
      if (next === undefined) return this.#take(response, watch)
      letGo(response)
      this.#url = next
    }
    return { kind: 'too_many_redirects', host: this.#host }
  }

  #ask({ origin, path, authorization }: Target): Promise<Dispatcher.ResponseData> {
    const headers = authorization === undefined ? HEADERS : { ...HEADERS, authorization }
    return this.#agent.request({ origin, path, method: 'GET', headers, signal: this.#ended.signal })
  }

  async #take(response: Dispatcher.ResponseData, watch: SilenceWatch): Promise<DownloadOutcome> {
    const { statusCode, headers } = response
    if (statusCode < 200 || statusCode > 299) {
      letGo(response)
      const retryAfterMs = readRetryAfter(headers['retry-after'], this.#clock.now())
      const answered = { kind: 'answered', host: this.#host, status: statusCode } as const
      return retryAfterMs === undefined ? answered : { ...answered, retryAfterMs }
    }
    const encoding = first(headers['content-encoding'])?.trim().toLowerCase() ?? ''
    // Of a packed answer it is the packed length.
    if (encoding === '' && Number(first(headers['content-length'])) > this.#request.maxBytes) {
      letGo(response)
      return { kind: 'too_large' }
    }
    this.#hasBegun = true
    const received = await this.#write(response, encoding, watch)
    const fileName = readDispositionName(first(headers['content-disposition']))
    return received.sizeBytes === 0
      ? { kind: 'empty', host: this.#host }
      : { kind: 'downloaded', host: this.#host, fileName, ...received }
  }

  async #write({ body }: Dispatcher.ResponseData, encoding: string, watch: SilenceWatch): Promise<ReceivedFile> {
    const { path, maxBytes } = this.#request
    let taken: Promise<ReceivedFile> | undefined
    const take = (source: AsyncIterable<Uint8Array>) => {
      taken = receiveFile(source, path, { maxBytes, onBytes: watch.hear })
      return taken
    }
    const unpacker = unpackerFor(encoding)
    try {
      // What is unpacked is counted, so a small answer cannot become a full disk.
      return await (unpacker ? pipeline(body, unpacker, take) : pipeline(body, take))
    } catch (error) {
      // It may be clearing away still; and what it says itself is nearer to the cause.
      await taken
      throw error
    }
  }

  #describe(error: unknown, signal: AbortSignal | undefined): DownloadOutcome {
    const host = this.#host
    if (error instanceof WriteError) throw error
    if (error instanceof TooLargeError) return { kind: 'too_large' }
    if (this.#lateAfterMs !== undefined) {
      return this.#hasBegun
        ? { kind: 'broke_off', host, reason: `nothing more came, or not all within ${LIMITS.wholeMs / 60_000} min` }
        : { kind: 'failed', host, ...noAnswerWithin(this.#lateAfterMs) }
    }
    if (signal?.aborted) return { kind: 'aborted' }
    if (error instanceof RefusedAddressError) return { ...REFUSED_ADDRESS, host }
    const failure = describeNetworkError(error)
    return this.#hasBegun ? { kind: 'broke_off', host, reason: failure.reason } : { kind: 'failed', host, ...failure }
  }

  get #host(): string {
    return URL.canParse(this.#url) ? new URL(this.#url).host : this.#url.slice(0, 255)
  }
}

/** Undefined: this is the answer itself. */
function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: string): string | undefined {
  const location = first(headers.location)
  if (location === undefined || ![301, 302, 303, 307, 308].includes(statusCode)) return undefined
  // Headers come as Latin-1, and some servers write UTF-8 into this one.
  const text = Buffer.from(location, 'latin1').toString('utf8')
  return URL.canParse(text, from) ? new URL(text, from).href : text
}

function letGo({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined).destroy()
}

/** We ask for it as it is; some servers pack it all the same. */
function unpackerFor(encoding: string) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  return encoding === 'br' ? createBrotliDecompress() : undefined
}

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header)
