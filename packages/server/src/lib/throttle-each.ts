/** Calls that come often, made seldom. */
export interface Throttled<Key> {
  call: (key: Key) => void
  /** What is still to come does not come any more. */
  stop(): void
}

/**
 * Calls `act` for a key at once, then at most once every `apartMs`; the last of many is never left out. By real time, whatever
 * the clock says: this spares work, it means nothing.
 */
export function throttleEach<Key>(apartMs: number, act: (key: Key) => void): Throttled<Key> {
  /** Keys that were acted on lately; true: again when the time is over. */
  const resting = new Map<Key, { timer: NodeJS.Timeout; isAsked: boolean }>()

  function begin(key: Key): void {
    act(key)
    const timer = setTimeout(() => end(key), apartMs)
    resting.set(key, { timer, isAsked: false })
  }

  function end(key: Key): void {
    const isAsked = resting.get(key)?.isAsked
    resting.delete(key)
    if (isAsked) begin(key)
  }

  return {
    call(key) {
      const rest = resting.get(key)
      if (rest) rest.isAsked = true
      else begin(key)
    },
    stop() {
      for (const { timer } of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}
