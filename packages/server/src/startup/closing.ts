import type { Logger } from 'pino'

/** What was opened, to be closed last first: requests, then jobs, and only then may the ground go. */
export class Closing {
  hasBegun = false
  readonly #log: Logger
  readonly #parts: { name: string; close: () => Promise<unknown> }[] = []
  #done: Promise<void> | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  add(name: string, close: () => Promise<unknown>): void {
    this.#parts.push({ name, close })
  }

  /** Safe to call twice: the second waits for the first. */
  run(): Promise<void> {
    this.hasBegun = true
    this.#done ??= this.#closeAll()
    return this.#done
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#parts.toReversed()) {
      await close().catch((error: unknown) => this.#log.error({ err: error, part: name }, 'could not be closed'))
    }
  }
}
