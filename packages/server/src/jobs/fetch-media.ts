import { setMaxListeners } from 'node:events'
import { rm } from 'node:fs/promises'
import { setTimeout as rest } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type ClaimedFetch, claimFetches, type FetchDeps, renewFetches } from '../domain/media/claim-fetches.ts'
import { type KeepDeps, keepFile } from '../domain/media/keep-file.ts'
import {
  describeFailure,
  type FetchPlan,
  findContentFault,
  isExhausted,
  planFetch,
} from '../domain/media/plan-fetch.ts'
import { giveFetchBack, settleCopied, settleForLater, settleGivenUp } from '../domain/media/settle-fetch.ts'
import type { Downloader, DownloadOutcome } from '../lib/download.ts'
import { sniffFile } from '../lib/sniff-file.ts'
import { backOffMs } from './back-off.ts'

export interface MediaJob {
  /** Something is to be copied: look at once. */
  nudge(): void
  /** Takes nothing more, breaks off what is on the wire (it is taken up again later), then resolves. */
  stop(): Promise<void>
}

export interface MediaJobDeps extends FetchDeps, KeepDeps {
  log: Logger
  download: Downloader['download']
}

export interface MediaJobLimits {
  /** Links in hand at once on this node, … */
  fetches: number
  /** … and of one host: one that hangs leaves room for the others. */
  fetchesPerHost: number
}

const LIMITS: MediaJobLimits = { fetches: 16, fetchesPerHost: 4 }
const LEASE_MS = 60_000
const RENEW_MS = 20_000
/** Other nodes enqueue without telling us. */
const POLL_MS = 1000
const REST_MS = 20
/** On stop, so long for what is being stored; the server as a whole has 10 s. */
const STOP_PATIENCE_MS = 3000

/**
 * Copies what messages and people link to: claim, fetch, keep, settle. Any number of nodes may run it on one database.
 * What a node had in hand when it died is claimed again; a copy made twice is one file, for it is known by its content.
 */
export function startMediaJob(deps: MediaJobDeps, limits: Partial<MediaJobLimits> = {}): MediaJob {
  const loop = new MediaLoop(deps, { ...LIMITS, ...limits })
  const ended = Promise.all([loop.run(), loop.renew()])
  return {
    nudge: () => loop.wake(),
    stop: () => loop.stop(ended),
  }
}

class MediaLoop {
  readonly #deps: MediaJobDeps
  readonly #limits: MediaJobLimits
  readonly #stopping = new AbortController()
  readonly #inHand = new Map<ClaimedFetch, Promise<void>>()
  #idle = new AbortController()

  constructor(deps: MediaJobDeps, limits: MediaJobLimits) {
    this.#deps = deps
    this.#limits = limits
    // Every download in hand listens.
    setMaxListeners(0, this.#stopping.signal)
  }

  wake(): void {
    this.#idle.abort()
  }

  async stop(ended: Promise<unknown>): Promise<void> {
    this.#stopping.abort()
    this.wake()
    const done = new AbortController()
    const all = ended.then(() => Promise.all(this.#inHand.values())).finally(() => done.abort())
    await Promise.race([all, this.#deps.clock.sleep(STOP_PATIENCE_MS, done.signal)])
  }

  async run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      // Armed before looking, so no nudge slips between.
      const idle = new AbortController()
      this.#idle = idle
      try {
        await this.#takeDue()
        failures = 0
        await this.#deps.clock.sleep(POLL_MS, idle.signal)
        // What ends, or comes, within a moment is replaced by one claim: copying must not take the database from what is urgent.
        await rest(REST_MS)
      } catch (error) {
        failures += 1
        this.#deps.log.error({ err: error, failures }, 'links to be copied could not be read')
        await this.#deps.clock.sleep(backOffMs(failures), this.#stopping.signal)
      }
    }
  }

  /** A film on a slow line takes longer than a lease. */
  async renew(): Promise<void> {
    const { clock, log } = this.#deps
    while (!this.#stopping.signal.aborted) {
      await clock.sleep(RENEW_MS, this.#stopping.signal)
      await renewFetches(this.#deps, [...this.#inHand.keys()], LEASE_MS).catch((error: unknown) =>
        log.warn({ err: error }, 'leases of links could not be renewed'),
      )
    }
  }

  async #takeDue(): Promise<void> {
    const limit = this.#limits.fetches - this.#inHand.size
    if (limit <= 0) return
    const hostLimit = this.#limits.fetchesPerHost
    const inHand = [...this.#inHand.keys()].map(({ id }) => id)
    const claim = { limit, hostLimit, free: this.#freePlaces(), inHand, leaseMs: LEASE_MS }
    for (const fetch of await claimFetches(this.#deps, claim)) this.#start(fetch)
  }

  #freePlaces(): Map<string, number> {
    const free = new Map<string, number>()
    for (const { host } of this.#inHand.keys()) {
      free.set(host, (free.get(host) ?? this.#limits.fetchesPerHost) - 1)
    }
    return free
  }

  #start(fetch: ClaimedFetch): void {
    const running = copy(this.#deps, fetch, this.#stopping.signal)
      .catch((error: unknown) => {
        // The lease runs out by itself.
        this.#deps.log.error({ err: error, fetchId: fetch.id }, 'what became of a link could not be written down')
      })
      .then(() => {
        this.#inHand.delete(fetch)
        this.wake()
      })
    this.#inHand.set(fetch, running)
  }
}

async function copy(deps: MediaJobDeps, fetch: ClaimedFetch, signal: AbortSignal): Promise<void> {
  if (isExhausted(fetch.attempts)) return settleGivenUp(deps, fetch, 'this server stopped each time while it copied it')
  const path = deps.temporaryFiles.newPath()
  try {
    const { url, maxBytes } = fetch
    const outcome = await deps.download({ url, path, maxBytes }, signal)
    if (outcome.kind === 'aborted') return await giveFetchBack(deps, fetch)
    if (outcome.kind === 'downloaded') return await keep(deps, fetch, { ...outcome, path })
    await settleFailed(deps, fetch, planFetch(fetch.attempts, outcome), describeFailure(outcome, maxBytes))
  } catch (error) {
    deps.log.error({ err: error, fetchId: fetch.id }, 'a copy could not be kept')
    await settleFailed(deps, fetch, planFetch(fetch.attempts), 'this server could not keep the copy (see its log)')
  } finally {
    await rm(path, { force: true })
  }
}

type Downloaded = Extract<DownloadOutcome, { kind: 'downloaded' }>

async function keep(deps: MediaJobDeps, fetch: ClaimedFetch, incoming: Downloaded & { path: string }): Promise<void> {
  const fault = findContentFault(fetch, await sniffFile(incoming.path))
  if (fault !== undefined) return settleGivenUp(deps, fetch, fault)
  const file = await keepFile(deps, fetch.accountId, incoming)
  return settleCopied(deps, fetch, { file, url: fetch.url, fileName: incoming.fileName })
}

function settleFailed(deps: MediaJobDeps, fetch: ClaimedFetch, plan: FetchPlan, failure: string): Promise<void> {
  if (plan.do === 'give_up') return settleGivenUp(deps, fetch, failure)
  return settleForLater(deps, fetch, { failure, dueAt: new Date(deps.clock.now().getTime() + plan.afterMs) })
}
