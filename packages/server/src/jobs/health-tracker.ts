import type { ChannelId } from '@parley/protocol/model'
import type { Logger } from 'pino'
import { type HealthDeps, noteFailures, noteRecoveries } from '../domain/deliveries/endpoint-health.ts'
import type { EndpointNotice } from '../domain/deliveries/endpoint-notice.ts'
import type { ClaimedLane } from '../domain/deliveries/lane.ts'
import { type AttemptOutcome, describeFailure, isDelivered } from '../domain/deliveries/plan-next.ts'
import { BoundedMap } from '../lib/bounded-map.ts'
import type { Clock } from '../lib/clock.ts'

export interface HealthTrackerDeps extends HealthDeps {
  clock: Clock
  log: Logger
  /** People should hear of it. */
  notify: (notice: EndpointNotice) => void
}

/** While it goes on failing, when it last did is written down no more often. */
const WRITE_AGAIN_MS = 30_000
/** What fails so soon after a success is written down only when it fails again: one that fails now and then costs nothing. */
const CALM_MS = 1000
const REMEMBERED = 1000

interface Streak {
  since: Date
  lastAt: Date
  reason: string
  /** When it was last written down; undefined: not yet. */
  writtenAt?: Date
}

/**
 * Learns from every try and writes down what changes: the first failures, and the success that ends them. Nobody waits for
 * the writing; one write is under way at a time, and what happens meanwhile goes together into the next.
 */
export class HealthTracker {
  readonly #deps: HealthTrackerDeps
  readonly #failing = new Map<ChannelId, Streak>()
  readonly #clearedAt = new BoundedMap<ChannelId, number>(REMEMBERED)
  #toNote = new Set<ChannelId>()
  #toClear = new Set<ChannelId>()
  #writing: Promise<void> | undefined

  constructor(deps: HealthTrackerDeps) {
    this.#deps = deps
  }

  learn({ channelId, endpoint }: ClaimedLane, outcome: AttemptOutcome): void {
    if (isDelivered(outcome)) this.#succeeded(channelId, endpoint)
    else this.#failed(channelId, describeFailure(outcome, 'The endpoint'))
  }

  /** Resolves when everything learned is written. */
  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing
  }

  #succeeded(channelId: ChannelId, endpoint: ClaimedLane['endpoint']): void {
    const streak = this.#failing.get(channelId)
    if (!streak && endpoint.failingSince === null) return
    this.#failing.delete(channelId)
    if (!streak?.writtenAt && endpoint.failingSince === null) return
    // The lane's other deliveries need not say it again.
    endpoint.failingSince = null
    this.#clearedAt.set(channelId, this.#deps.clock.now().getTime())
    this.#toNote.delete(channelId)
    this.#toClear.add(channelId)
    this.#write()
  }

  #failed(channelId: ChannelId, reason: string): void {
    const now = this.#deps.clock.now()
    const known = this.#failing.get(channelId)
    const streak: Streak = { ...(known ?? { since: now }), lastAt: now, reason }
    this.#failing.set(channelId, streak)
    if (!this.#isNews(channelId, streak)) return
    streak.writtenAt = now
    this.#toNote.add(channelId)
    this.#write()
  }

  /** The first failure, the next one, and after a while again. */
  #isNews(channelId: ChannelId, { since, lastAt, writtenAt }: Streak): boolean {
    if (!writtenAt) return lastAt > since || lastAt.getTime() - (this.#clearedAt.get(channelId) ?? 0) >= CALM_MS
    return (writtenAt <= since && lastAt > since) || lastAt.getTime() - writtenAt.getTime() >= WRITE_AGAIN_MS
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
  }

  async #writeAll(): Promise<void> {
    while (this.#toClear.size + this.#toNote.size > 0) {
      const [cleared, noted] = [this.#toClear, this.#toNote]
      ;[this.#toClear, this.#toNote] = [new Set(), new Set()]
      try {
        for (const notice of await noteRecoveries(this.#deps, [...cleared])) this.#deps.notify(notice)
        await noteFailures(this.#deps, this.#failuresOf(noted))
      } catch (error) {
        // The next try tells it again.
        this.#deps.log.error({ err: error }, 'the health of endpoints could not be written')
        for (const channelId of noted) this.#failing.delete(channelId)
      }
    }
  }

  #failuresOf(channels: Iterable<ChannelId>) {
    return [...channels].flatMap((channelId) => {
      const streak = this.#failing.get(channelId)
      return streak ? [{ channelId, since: streak.since, at: streak.lastAt, reason: streak.reason }] : []
    })
  }
}
