import { setTimeout as rest } from 'node:timers/promises'
import type { AccountId, RealtimeReset } from '@parley/protocol/model'
import type pg from 'pg'
import type { Logger } from 'pino'
import { withClient } from '../db/statement.ts'
import type { Viewer } from '../domain/users/viewer.ts'
import { getLastSeq, listEvents } from '../events/list-events.ts'
import type { Nudges } from '../events/nudges.ts'
import type { Clock } from '../lib/clock.ts'
import { type Frame, isAddressed, isForEverybody, seesAll, textFor } from './frame.ts'
import { presentEvents } from './present-events.ts'

/** Events read, filled in and written in one go. */
const PAGE = 500
/** A reader further behind than this reads its screens again: cheaper than replaying, and shorter. */
const LONGEST_REPLAY = 5000
/** Nudges may be lost, and another node's may never come: look anyway. */
const LOOK_ANYWAY_MS = 1000
/** A round of many listeners is followed by a rest as long as it took, within this: what comes meanwhile goes out together. */
const LONGEST_REST_MS = 2

export interface FeedDeps {
  hotPool: pg.Pool
  nudges: Nudges
  clock: Clock
  log: Logger
}

/** Somebody who listens. */
export interface Listener {
  viewer: Viewer
  /** The viewer was read after this event: what changed his access up to it is in there. */
  viewerSeq: number
  write(text: string): void
  /** The reader must come again: what he may see has changed. */
  end(): void
}

interface Subscriber extends Listener {
  /** Frames that come while the past is still being read; null once it is caught up. */
  held: Frame[] | null
  hasEnded: boolean
}

/**
 * One account's events, read once per node however many listen: the loop reads from the database by cursor, makes each
 * frame once and writes what is waiting in one go. Nobody listening, nothing read.
 */
export class AccountFeed {
  readonly #deps: FeedDeps
  readonly #accountId: AccountId
  readonly #subscribers = new Set<Subscriber>()
  #cursor = -1
  #stop: AbortController | undefined
  #wake: () => void = () => undefined
  #isNudged = false

  constructor(deps: FeedDeps, accountId: AccountId) {
    this.#deps = deps
    this.#accountId = accountId
  }

  get isIdle(): boolean {
    return this.#subscribers.size === 0
  }

  /**
   * Adds a listener that has seen everything up to `after` (undefined: only what comes now). It first gets what it
   * missed, or a reset when that is too much, then everything new. Ends with the returned function.
   */
  async subscribe(listener: Listener, after: number | undefined): Promise<() => void> {
    const subscriber: Subscriber = { ...listener, held: [], hasEnded: false }
    this.#subscribers.add(subscriber)
    const leave = () => this.#leave(subscriber)
    try {
      if (this.#cursor < 0) await this.#begin()
      await this.#catchUp(subscriber, after)
    } catch (error) {
      leave()
      throw error
    }
    return leave
  }

  #leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber)
    if (!this.isIdle) return
    this.#stop?.abort()
    this.#stop = undefined
    this.#cursor = -1
  }

  async #begin(): Promise<void> {
    const last = await getLastSeq(this.#deps.hotPool, this.#accountId)
    if (this.#cursor >= 0 || this.isIdle) return
    this.#cursor = last
    this.#stop = new AbortController()
    void this.#run(this.#stop.signal)
  }

  async #catchUp(subscriber: Subscriber, after: number | undefined): Promise<void> {
    const upTo = this.#cursor
    // What changed the viewer's access while he was on his way here is behind this number.
    const known = Math.min(subscriber.viewerSeq, upTo)
    const from = after ?? known
    if (from > upTo + LONGEST_REPLAY) {
      // A number from another life of this database: what the reader holds is not ours.
      subscriber.write(resetFrame(upTo))
    } else if (upTo - from > LONGEST_REPLAY) {
      subscriber.write(resetFrame(known))
      await this.#replay(subscriber, known, upTo)
    } else await this.#replay(subscriber, from, upTo)
    const held = subscriber.held ?? []
    subscriber.held = null
    // What was held may overlap with what was replayed: frames may come twice, never not.
    writeFrames(subscriber, held)
  }

  async #replay(subscriber: Subscriber, after: number, upTo: number): Promise<void> {
    await withClient(this.#deps.hotPool, async (client) => {
      for (let cursor = after; cursor < upTo; ) {
        const events = await listEvents(client, this.#accountId, cursor, Math.min(PAGE, upTo - cursor))
        const last = events.at(-1)
        if (!last) return
        if (cursor === after && events[0]?.seq !== after + 1) {
          // The oldest were cleared away.
          subscriber.write(resetFrame(upTo))
          return
        }
        writeFrames(subscriber, await presentEvents(client, this.#accountId, events))
        cursor = last.seq
      }
    })
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { nudges, clock, log } = this.#deps
    const unsubscribe = nudges.subscribe(this.#accountId, () => {
      this.#isNudged = true
      this.#wake()
    })
    while (!signal.aborted) {
      this.#isNudged = false
      try {
        const tookMs = await this.#round()
        // Real time, whatever the clock says: this spares the processor, it means nothing.
        if (tookMs > 0) await rest(Math.min(LONGEST_REST_MS, tookMs))
        else await this.#untilNudged(signal)
      } catch (error) {
        log.error({ err: error, accountId: this.#accountId }, 'events cannot be read; trying again')
        await clock.sleep(LOOK_ANYWAY_MS, signal)
      }
    }
    unsubscribe()
  }

  /** Sends what is new. Answers how long the writing took in ms, or 0 when there was nothing. */
  async #round(): Promise<number> {
    const { hotPool } = this.#deps
    const frames = await withClient(hotPool, async (client) => {
      const events = await listEvents(client, this.#accountId, this.#cursor, PAGE)
      return presentEvents(client, this.#accountId, events)
    })
    const last = frames.at(-1)
    if (!last) return 0
    const startedAt = performance.now()
    this.#cursor = last.seq
    this.#broadcast(frames)
    return Math.max(1, performance.now() - startedAt)
  }

  #broadcast(frames: readonly Frame[]): void {
    // Most readers see everything: for them the text is put together once.
    let forEverybody: string | undefined
    for (const subscriber of this.#subscribers) {
      if (subscriber.held) subscriber.held.push(...frames)
      else if (seesAll(subscriber.viewer) && frames.every(isForEverybody)) {
        forEverybody ??= frames.map((frame) => frame.text).join('')
        subscriber.write(forEverybody)
      } else writeFrames(subscriber, frames)
    }
  }

  async #untilNudged(signal: AbortSignal): Promise<void> {
    if (this.#isNudged) return
    const early = new AbortController()
    const wake = () => early.abort()
    this.#wake = wake
    signal.addEventListener('abort', wake, { once: true })
    if (this.#isNudged || signal.aborted) wake()
    await this.#deps.clock.sleep(LOOK_ANYWAY_MS, early.signal)
    signal.removeEventListener('abort', wake)
  }
}

function writeFrames(subscriber: Subscriber, frames: readonly Frame[]): void {
  const { viewer, viewerSeq } = subscriber
  if (subscriber.hasEnded) return
  const lastAt = frames.findIndex((frame) => frame.endsStream && frame.seq > viewerSeq && isAddressed(frame, viewer))
  // What comes behind it is for who the reader is then.
  const allowed = lastAt < 0 ? frames : frames.slice(0, lastAt + 1)
  const text = allowed.map((frame) => textFor(frame, viewer)).join('')
  if (text !== '') subscriber.write(text)
  if (lastAt < 0) return
  subscriber.hasEnded = true
  subscriber.end()
}

function resetFrame(seq: number): string {
  const reset: RealtimeReset = { type: 'reset', seq }
  return `id: ${seq}\ndata: ${JSON.stringify(reset)}\n\n`
}
