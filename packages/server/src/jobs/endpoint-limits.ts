import type { ChannelId } from '@parley/protocol/model'

/** A channel that lets us wait still gets so many tries at once: enough to see that it is back. */
const FEWEST = 4
/** A channel begins with so many and gets twice as many with each answer: one that hangs from the start holds no more. */
const FIRST = 16
/** No claim gives one channel more than this part of what is free, so that however many hang, something is left. */
const SHARE = 4

/**
 * How many chats of one channel may be under way at once. An endpoint that answers gets more up to `most`; one that does not
 * answer in time gets half as many after each such try, so a hanging one soon holds next to nothing.
 */
export class EndpointLimits {
  readonly #most: number
  readonly #total: number
  readonly #limit = new Map<ChannelId, number>()
  readonly #used = new Map<ChannelId, number>()
  #usedInAll = 0

  constructor({ lanes, lanesPerChannel }: { lanes: number; lanesPerChannel: number }) {
    this.#total = lanes
    this.#most = lanesPerChannel
  }

  take(channelId: ChannelId): void {
    this.#usedInAll += 1
    this.#used.set(channelId, this.#usedBy(channelId) + 1)
  }

  giveBack(channelId: ChannelId): void {
    this.#usedInAll -= 1
    const left = this.#usedBy(channelId) - 1
    if (left > 0) {
      this.#used.set(channelId, left)
      return
    }
    this.#used.delete(channelId)
    // What it earned holds while it is busy; what it lost holds until it answers.
    if (this.#limitOf(channelId) >= FIRST) this.#limit.delete(channelId)
  }

  answered(channelId: ChannelId): void {
    const limit = this.#limitOf(channelId)
    if (limit < this.#most) this.#limit.set(channelId, Math.min(this.#most, limit * 2))
  }

  timedOut(channelId: ChannelId): void {
    const limit = this.#limitOf(channelId)
    this.#limit.set(channelId, Math.max(Math.min(FEWEST, this.#most), Math.floor(limit / 2)))
  }

  /** How many more of each channel that is busy or was slow. */
  free(): Map<ChannelId, number> {
    const free = new Map<ChannelId, number>()
    for (const channelId of new Set([...this.#limit.keys(), ...this.#used.keys()]))
      free.set(channelId, this.#freeOf(channelId))
    return free
  }

  /** How many of every other one. */
  get freeOfOthers(): number {
    return Math.min(this.#first, this.#share)
  }

  /** Some channel is at its limit, or was given less because places are few: when something is given back, more may be due. */
  get anyFull(): boolean {
    if (this.#usedInAll * 2 > this.#total) return true
    for (const channelId of this.#used.keys()) if (this.#freeOf(channelId) === 0) return true
    return false
  }

  #freeOf(channelId: ChannelId): number {
    const used = this.#usedBy(channelId)
    return Math.max(0, Math.min(this.#limitOf(channelId) - used, Math.max(this.#share, FEWEST - used)))
  }

  get #share(): number {
    return Math.max(1, Math.floor((this.#total - this.#usedInAll) / SHARE))
  }

  get #first(): number {
    return Math.min(FIRST, this.#most)
  }

  #limitOf(channelId: ChannelId): number {
    return this.#limit.get(channelId) ?? this.#first
  }

  #usedBy(channelId: ChannelId): number {
    return this.#used.get(channelId) ?? 0
  }
}
