import type { Clock } from './clock.ts'

export interface Deadline {
  /** Milliseconds since 1970. */
  readonly dueAt: number
  /** Is late. */
  expire(): void
}

/**
 * Watches many deadlines that lie equally far ahead when they are set: they come up in the order they were set, so one timer
 * is enough for all of them. A timer for each costs more than what it watches.
 */
export class Deadlines {
  readonly #clock: Clock
  readonly #waiting = new Set<Deadline>()
  #sleeping: AbortController | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(deadline: Deadline): void {
    this.#waiting.add(deadline)
    if (this.#sleeping === undefined) void this.#watch()
  }

  remove(deadline: Deadline): void {
    this.#waiting.delete(deadline)
    if (this.#waiting.size === 0) this.#sleeping?.abort()
  }

  async #watch(): Promise<void> {
    const sleeping = new AbortController()
    this.#sleeping = sleeping
    for (const first of this.#waiting) {
      await this.#clock.sleep(first.dueAt - this.#clock.now().getTime(), sleeping.signal)
      if (sleeping.signal.aborted) break
      this.#expireLate()
    }
    this.#sleeping = undefined
    if (this.#waiting.size > 0) void this.#watch()
  }

  #expireLate(): void {
    const now = this.#clock.now().getTime()
    for (const deadline of this.#waiting) {
      if (deadline.dueAt > now) return
      this.#waiting.delete(deadline)
      deadline.expire()
    }
  }
}
