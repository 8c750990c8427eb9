import type { Agent, Dispatcher } from 'undici'
import type { Clock } from './clock.ts'
import { type Deadline, Deadlines } from './deadlines.ts'
import { type NetworkFailure, noAnswerWithin } from './network-failure.ts'

export interface ExchangeRequest {
  origin: string
  path: string
  method: 'GET' | 'POST'
  headers: Readonly<Record<string, string>>
  body: Buffer | null
  timeoutMs: number
}

export type ExchangeOutcome =
  | { kind: 'answered'; status: number; reply: string; retryAfterMs?: number }
  /** Too late. */
  | ({ kind: 'failed' } & NetworkFailure)
  | { kind: 'aborted' }

/** More of an answer is not read: the connection is dropped. */
const READ_LIMIT_BYTES = 64 * 1024
const KEPT_BYTES = 1024
/** What undici hears when we have what we want; made once, for an error's stack is dear. */
const OVER = new Error('The exchange is over.')
const NOTHING_READ = Buffer.alloc(0)

/**
 * Requests and their short answers over undici's callbacks: its promises, streams and abort signals cost more than the
 * exchange itself.
 */
export class Exchanges {
  readonly #agent: Agent
  readonly #clock: Clock
  /** By how long they may take. */
  readonly #deadlines = new Map<number, Deadlines>()
  readonly #ofSignal = new WeakMap<AbortSignal, Set<Exchange>>()

  constructor(agent: Agent, clock: Clock) {
    this.#agent = agent
    this.#clock = clock
  }

  /** Rejects with what went wrong on the way: an error of Node, OpenSSL or undici, or what the agent's `lookup` threw. */
  make(request: ExchangeRequest, signal?: AbortSignal): Promise<ExchangeOutcome> {
    if (signal?.aborted) return Promise.resolve({ kind: 'aborted' })
    return new Promise((resolve, reject) => {
      const deadlines = this.#deadlinesOf(request.timeoutMs)
      const others = signal && this.#listenersOf(signal)
      const exchange = new Exchange(this.#clock, request.timeoutMs, (outcome) => {
        deadlines.remove(exchange)
        others?.delete(exchange)
        if (outcome instanceof Error) reject(outcome)
        else resolve(outcome)
      })
      deadlines.add(exchange)
      others?.add(exchange)
      const { origin, path, method, headers, body } = request
      try {
        this.#agent.dispatch({ origin, path, method, headers, body }, exchange)
      } catch (error) {
        exchange.onResponseError(null, error as Error)
      }
    })
  }

  #deadlinesOf(timeoutMs: number): Deadlines {
    const known = this.#deadlines.get(timeoutMs)
    if (known !== undefined) return known
    const made = new Deadlines(this.#clock)
    this.#deadlines.set(timeoutMs, made)
    return made
  }

  /** One listener for all: adding one looks through those that are there. */
  #listenersOf(signal: AbortSignal): Set<Exchange> {
    const known = this.#ofSignal.get(signal)
    if (known !== undefined) return known
    const made = new Set<Exchange>()
    this.#ofSignal.set(signal, made)
    const abortAll = () => {
      for (const exchange of made) exchange.abort()
    }
    signal.addEventListener('abort', abortAll, { once: true })
    return made
  }
}

class Exchange implements Dispatcher.DispatchHandler, Deadline {
  readonly dueAt: number
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #end: (outcome: ExchangeOutcome | Error) => void
  #controller: Dispatcher.DispatchController | undefined
  #isOver = false
  #status: number | undefined
  #retryAfterMs: number | undefined
  #kept = NOTHING_READ
  #readBytes = 0

  constructor(clock: Clock, timeoutMs: number, end: (outcome: ExchangeOutcome | Error) => void) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#end = end
    this.dueAt = clock.now().getTime() + timeoutMs
  }

  expire(): void {
    // The status has been said: a body that never ends changes nothing about it.
    this.#finish(this.#answer() ?? { kind: 'failed', ...noAnswerWithin(this.#timeoutMs) })
  }

  abort(): void {
    this.#finish(this.#answer() ?? { kind: 'aborted' })
  }

  /** Called before anything is written: what is over by then is never sent. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isOver) controller.abort(OVER)
    else this.#controller = controller
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    // 100, 102, 103: the answer proper follows.
    if (status < 200) return
    this.#status = status
    this.#retryAfterMs = readRetryAfter(headers['retry-after'], this.#clock.now())
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const missing = KEPT_BYTES - this.#kept.length
    if (missing > 0) this.#kept = Buffer.concat([this.#kept, chunk.subarray(0, missing)])
    this.#readBytes += chunk.length
    if (this.#readBytes >= READ_LIMIT_BYTES) this.expire()
  }

  onResponseEnd(): void {
    this.#controller = undefined
    this.expire()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#controller = undefined
    this.#finish(this.#answer() ?? error)
  }

  #answer(): ExchangeOutcome | undefined {
    if (this.#status === undefined) return undefined
    const retryAfterMs = this.#retryAfterMs
    return {
      kind: 'answered',
      status: this.#status,
      // PostgreSQL's text holds no NUL.
      reply: this.#kept.length === 0 ? '' : this.#kept.toString('utf8').replaceAll('\0', '\uFFFD'),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }
  }

  #finish(outcome: ExchangeOutcome | Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#end(outcome)
    this.#controller?.abort(OVER)
  }
}

/** Seconds or an HTTP date, as milliseconds from now. */
export function readRetryAfter(header: string | string[] | undefined, now: Date): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  // A bare number that is none of seconds is no date either, though Date.parse would find one in it.
  const at = /^[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
