import type { ChannelId } from '@parley/protocol/model'

/** A channel that lets us wait still gets so many tries at once: enough to see that it is back. */
const FEWEST = 4

/**
 * How many chats of one channel may be under way at once. An endpoint that does not answer in time gets half as many
 * after each such try, and twice as many after each answer, so a hanging one soon holds next to nothing.
 */
export class EndpointLimits {
  readonly #most: number
  readonly #limit = new Map<ChannelId, number>()
  readonly #used = new Map<ChannelId, number>()

  constructor(most: number) {
    this.#most = most
  }

  take(channelId: ChannelId): void {
    this.#used.set(channelId, this.#usedBy(channelId) + 1)
  }

  giveBack(channelId: ChannelId): void {
    const left = this.#usedBy(channelId) - 1
    if (left > 0) this.#used.set(channelId, left)
    else this.#used.delete(channelId)
  }

  answered(channelId: ChannelId): void {
    const limit = this.#limit.get(channelId)
    if (limit === undefined) return
    if (limit * 2 >= this.#most) this.#limit.delete(channelId)
    else this.#limit.set(channelId, limit * 2)
  }

  timedOut(channelId: ChannelId): void {
    const limit = this.#limit.get(channelId) ?? this.#most
    this.#limit.set(channelId, Math.max(Math.min(FEWEST, this.#most), Math.floor(limit / 2)))
  }

  /** How many more of each channel that is busy or was slow; every other one has all of `most`. */
  free(): Map<ChannelId, number> {
    const free = new Map<ChannelId, number>()
    for (const channelId of [...this.#limit.keys(), ...this.#used.keys()]) {
      const limit = this.#limit.get(channelId) ?? this.#most
      free.set(channelId, Math.max(0, limit - this.#usedBy(channelId)))
    }
    return free
  }

  /** Some channel is at its limit: as soon as it gives something back, more of it may be due. */
  get anyFull(): boolean {
    for (const free of this.free().values()) if (free === 0) return true
    return false
  }

  #usedBy(channelId: ChannelId): number {
    return this.#used.get(channelId) ?? 0
  }
}
