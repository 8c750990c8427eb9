import type { Clock } from './clock.ts'

interface Sleeper {
  dueAt: number
  timer: NodeJS.Timeout | undefined
  wake: () => void
}

/** The longest wait a timer of the system can hold; what is due later is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647

/** Runs like the real one, ahead of it by what it was moved. */
export class MovableClock implements Clock {
  #aheadMs = 0
  readonly #sleepers = new Set<Sleeper>()

  get aheadMs(): number {
    return this.#aheadMs
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const sleepers = this.#sleepers
      const sleeper: Sleeper = { dueAt: this.now().getTime() + ms, timer: undefined, wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
      this.#wind(sleeper)
      function wake() {
        sleepers.delete(sleeper)
        clearTimeout(sleeper.timer)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
    })
  }

  /** Moves on by `ms`; whoever is due by then wakes now, once. Never back: what was written is not in the future. */
  advance(ms: number): void {
    this.#aheadMs += Math.max(0, ms)
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.dueAt - b.dueAt)) this.#wind(sleeper)
  }

  #wind(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer)
    const waitMs = sleeper.dueAt - this.now().getTime()
    const look = () => (waitMs > LONGEST_TIMER_MS ? this.#wind(sleeper) : sleeper.wake())
    sleeper.timer = setTimeout(look, Math.min(Math.max(0, waitMs), LONGEST_TIMER_MS))
  }
}
