import type { AccountId, ChannelId } from '@parley/protocol/model'
import { BoundedMap } from '../../lib/bounded-map.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Channel } from '../channels/channel-registry.ts'

/** A request as it went, held as it is: what is done with it is done off the hot path. */
export interface HeardRequest {
  channel: Pick<Channel, 'id' | 'key' | 'previous' | 'ownerAccountId'>
  /** Whose connection it came by; null: not known. */
  accountId: AccountId | null
  at: Date
  requestId: string
  method: string
  path: string
  status: number
  durationMs: number
  /** Name, value, name, value, … as they came in. */
  rawHeaders: readonly string[]
  body: Buffer
  answerHeaders: Readonly<Record<string, unknown>>
  answer: string
}

/** What is written down of it; how many were left out before it. */
export interface KeptRequest extends HeardRequest {
  bodySize: number
  leftOut: number
  leftOutRefused: number
}

/** All of a channel's requests up to so many a second are kept… */
const KEPT_A_SECOND = 20
/** …then as many refused ones more, for these are what somebody looks for… */
const REFUSED_KEPT_A_SECOND = 20
/** …and of the others every so-manyth. */
const ONE_OF = 50
/** The beginning of a body that is kept. */
export const KEPT_BODY_BYTES = 16 * 1024
/** What waits to be written; more is left out. A database that is away must not cost the memory of the server. */
const MOST_WAITING = 2000
const MOST_WAITING_BYTES = 16 * 1024 * 1024
const REMEMBERED_CHANNELS = 2000

interface Tally {
  second: number
  kept: number
  keptRefused: number
  passed: number
  leftOut: number
  leftOutRefused: number
}

/**
 * What channels ask of the chats API, on its way to their consoles: in memory, bounded, sampled above a rate. A crash loses what
 * was not written yet; the log is for people who look, and nothing is decided by it.
 */
export class RequestLog {
  readonly #clock: Clock
  readonly #tallies = new BoundedMap<ChannelId, Tally>(REMEMBERED_CHANNELS)
  #waiting: KeptRequest[] = []
  #waitingBytes = 0
  #wake: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** Whoever writes is called when there is something to write. */
  onArrival(wake: () => void): void {
    this.#wake = wake
  }

  /** On the hot path: decides first, and makes nothing of what is not kept. `hear` is called for what is. */
  take(channelId: ChannelId, isRefused: boolean, hear: () => HeardRequest): void {
    const tally = this.#tallyOf(channelId)
    if (!isWanted(tally, isRefused) || this.#isFull) {
      tally.leftOut += 1
      if (isRefused) tally.leftOutRefused += 1
      return
    }
    const heard = hear()
    const body = cut(heard.body)
    const { leftOut, leftOutRefused } = tally
    this.#waiting.push({ ...heard, body, bodySize: heard.body.length, leftOut, leftOutRefused })
    this.#waitingBytes += body.length + heard.answer.length
    tally.leftOut = 0
    tally.leftOutRefused = 0
    if (this.#waiting.length === 1) this.#wake()
  }

  /** Hands over what waits, oldest first. */
  drain(): readonly KeptRequest[] {
    const drained = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    return drained
  }

  get #isFull(): boolean {
    return this.#waiting.length >= MOST_WAITING || this.#waitingBytes >= MOST_WAITING_BYTES
  }

  #tallyOf(channelId: ChannelId): Tally {
    const second = Math.floor(this.#clock.now().getTime() / 1000)
    let tally = this.#tallies.get(channelId)
    if (!tally) {
      tally = { second, kept: 0, keptRefused: 0, passed: 0, leftOut: 0, leftOutRefused: 0 }
      this.#tallies.set(channelId, tally)
    }
    if (tally.second !== second) Object.assign(tally, { second, kept: 0, keptRefused: 0, passed: 0 })
    return tally
  }
}

function isWanted(tally: Tally, isRefused: boolean): boolean {
  if (tally.kept < KEPT_A_SECOND) {
    tally.kept += 1
    return true
  }
  if (isRefused && tally.keptRefused < REFUSED_KEPT_A_SECOND) {
    tally.keptRefused += 1
    return true
  }
  tally.passed += 1
  return tally.passed % ONE_OF === 0
}

/** A copy where it is long: the beginning alone would keep the whole in memory. */
const cut = (body: Buffer): Buffer =>
  body.length <= KEPT_BODY_BYTES ? body : Buffer.from(body.subarray(0, KEPT_BODY_BYTES))
