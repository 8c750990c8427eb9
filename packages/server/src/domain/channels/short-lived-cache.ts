import { BoundedMap } from '../../lib/bounded-map.ts'

interface Entry<Value> {
  loadedAtMs: number
  value: Promise<Value | undefined>
}

/**
 * Answers that may be a little old. One look-up serves everybody who asks while it is under way.
 * What was not found is not kept: the next one to ask looks again.
 */
export class ShortLivedCache<Value> {
  readonly #entries: BoundedMap<string, Entry<Value>>
  readonly #lifetimeMs: number

  constructor(options: { size: number; lifetimeMs: number }) {
    this.#entries = new BoundedMap(options.size)
    this.#lifetimeMs = options.lifetimeMs
  }

  /** What is known and young enough; undefined otherwise. */
  peek(key: string, nowMs: number): Promise<Value | undefined> | undefined {
    const known = this.#entries.get(key)
    if (known === undefined) return undefined
    const ageMs = nowMs - known.loadedAtMs
    // A clock that was set back must not make an entry live on.
    return ageMs >= 0 && ageMs < this.#lifetimeMs ? known.value : undefined
  }

  /** The age counts from when the look-up began, so no answer is older than the lifetime. */
  get(key: string, nowMs: number, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const known = this.peek(key, nowMs)
    if (known !== undefined) return known
    const entry: Entry<Value> = { loadedAtMs: nowMs, value: load() }
    this.#entries.set(key, entry)
    const dropThis = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    }
    entry.value.then((value) => value === undefined && dropThis(), dropThis)
    return entry.value
  }

  /** A look-up that is under way goes on for those who wait for it, and is not kept. */
  forget(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}
