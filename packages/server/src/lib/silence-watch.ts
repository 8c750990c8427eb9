import type { Clock } from './clock.ts'

export interface SilenceWatch {
  /** Something came: the silence begins anew. */
  hear(): void
  end(): void
}

export interface SilenceLimits {
  /** Nothing came for so long. */
  silenceMs: number
  /** All of it took so long. */
  wholeMs: number
}

/** Calls `onLate` once, with the limit in milliseconds that was passed, unless ended before. */
export function watchSilence(clock: Clock, limits: SilenceLimits, onLate: (limitMs: number) => void): SilenceWatch {
  const ended = new AbortController()
  const wholeUntil = clock.now().getTime() + limits.wholeMs
  let heardAt = clock.now().getTime()
  const run = async () => {
    while (!ended.signal.aborted) {
      const now = clock.now().getTime()
      const leftMs = Math.min(heardAt + limits.silenceMs, wholeUntil) - now
      if (leftMs <= 0) return onLate(now >= wholeUntil ? limits.wholeMs : limits.silenceMs)
      await clock.sleep(leftMs, ended.signal)
    }
  }
  void run()
  return {
    hear: () => {
      heardAt = clock.now().getTime()
    },
    end: () => ended.abort(),
  }
}
