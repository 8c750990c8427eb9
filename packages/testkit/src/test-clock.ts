import type { Clock } from '@parley/server/internals'

interface Sleeper {
  dueAt: number
  wake: () => void
}

const REAL_WORK_MS = 2

/** A clock that moves only when a test says so. */
export class TestClock implements Clock {
  #now: number
  readonly #sleepers = new Set<Sleeper>()

  /** Starts at `start`, else at the real time, so that what a test dates with `new Date()` is recent for the server. */
  constructor(start: Date = new Date()) {
    this.#now = start.getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const sleeper: Sleeper = { dueAt: this.#now + Math.max(0, ms), wake }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', wake, { once: true })
      if (ms <= 0) setImmediate(wake)
      const sleepers = this.#sleepers
      function wake() {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
    })
  }

  /**
   * Moves on by `ms`, waking sleepers in the order they are due, each at its own time. What a woken one goes on to do
   * (a query, a request) is not waited for: wait for its effect. What sleeps only after this call is not woken by it.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (let next = this.#first(until); next; next = this.#first(until)) {
      this.#now = Math.max(this.#now, next.dueAt)
      next.wake()
      // Lets what was woken run on, so that what it sleeps next still falls within this move.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#now = until
  }

  /**
   * Moves on step by step until something outside (a hook, an event) has come, which brings its own deadline. For loops that
   * do real work between two sleeps: one move may find them awake, and they would then sleep past it.
   */
  async advanceUntil<T>(effect: Promise<T>, stepMs = 1000): Promise<T> {
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    effect.then(settle, settle)
    while (!isSettled) {
      await this.advance(stepMs)
      await new Promise((resolve) => setTimeout(resolve, REAL_WORK_MS))
    }
    return effect
  }

  /** Moves on at once and wakes, once, whoever is due: for days, through which loops would otherwise be walked. */
  async jump(ms: number): Promise<void> {
    this.#now += ms
    for (const sleeper of [...this.#sleepers]) if (sleeper.dueAt <= this.#now) sleeper.wake()
    await new Promise((resolve) => setImmediate(resolve))
  }

  async advanceTo(date: Date): Promise<void> {
    await this.advance(date.getTime() - this.#now)
  }

  /** When each sleeper will wake, earliest first. */
  sleepers(): Date[] {
    return [...this.#sleepers].map(({ dueAt }) => new Date(dueAt)).sort((a, b) => a.getTime() - b.getTime())
  }

  #first(until: number): Sleeper | undefined {
    let first: Sleeper | undefined
    for (const sleeper of this.#sleepers) {
      if (sleeper.dueAt <= until && (first === undefined || sleeper.dueAt < first.dueAt)) first = sleeper
    }
    return first
  }
}
