/** One answer per item, in the items' order; an Error refuses that item alone. */
export type RunBatch<Item, Answer> = (items: readonly Item[]) => Promise<readonly (Answer | Error)[]>

interface Waiting<Item, Answer> {
  item: Item
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Natural batching, without timers: what arrives while a batch is being committed forms the next one.
 *
 * Order:  items are handed to `run` in the order of `add`, and one batch ends before the next begins.
 * Errors: when `run` throws, every item of that batch is refused with what it threw.
 */
export class GroupCommit<Item, Answer> {
  readonly #run: RunBatch<Item, Answer>
  readonly #maxBatch: number
  #queue: Waiting<Item, Answer>[] = []
  #isRunning = false
  #idle: (() => void)[] = []

  constructor(run: RunBatch<Item, Answer>, maxBatch: number) {
    this.#run = run
    this.#maxBatch = maxBatch
  }

  /** Resolves once the batch this item went into is committed. */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject })
      if (this.#isRunning) return
      this.#isRunning = true
      // After this turn of the event loop: requests read from their sockets together go together.
      setImmediate(() => void this.#drain())
    })
  }

  /** Items not answered yet, besides those being committed. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Resolves when nothing is waiting or being committed. */
  async settled(): Promise<void> {
    if (this.#isRunning) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.#maxBatch)
      await this.#commit(batch)
    }
    this.#isRunning = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  async #commit(batch: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#run(batch.map((waiting) => waiting.item))
      batch.forEach((waiting, index) => {
        const answer = answers[index]
        if (answer === undefined) waiting.reject(new Error('The batch gave no answer for this item.'))
        else if (answer instanceof Error) waiting.reject(answer)
        else waiting.resolve(answer)
      })
    } catch (error) {
      for (const waiting of batch) waiting.reject(error)
    }
  }
}
