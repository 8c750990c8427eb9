import type { UploadedFile } from '@parley/protocol/model'
import type { UploadOptions } from './upload-file.ts'

/** How far a file is. `failed` until somebody starts it again. */
export type UploadState =
  | { phase: 'waiting' | 'sending'; sent: number; total: number }
  | { phase: 'done'; file: UploadedFile }
  | { phase: 'failed'; error: unknown }

/** A file and the name its upload has, from being attached to being sent. */
export interface UploadJob {
  key: string
  blob: Blob
  name: string
}

export interface UploadsDeps {
  send(blob: Blob, options: UploadOptions): Promise<UploadedFile>
  /** Undefined: it is not known any more. */
  onChange(key: string, state: UploadState | undefined): void
}

/** More at once would only slow each other down, and a browser opens six connections to one server. */
const AT_ONCE = 2

interface Running {
  stop: AbortController
  result: Promise<UploadedFile>
}

/**
 * Brings files to the server, each once: the tray starts them, the outbox joins what is under way and gets at once what
 * is done.
 */
export class Uploads {
  readonly #deps: UploadsDeps
  readonly #running = new Map<string, Running>()
  readonly #done = new Map<string, UploadedFile>()
  readonly #queue: (() => void)[] = []
  #active = 0

  constructor(deps: UploadsDeps) {
    this.#deps = deps
  }

  /** Errors: as `uploadFile`; `AbortError` when it was cancelled. */
  start(job: UploadJob): Promise<UploadedFile> {
    const done = this.#done.get(job.key)
    if (done) return Promise.resolve(done)
    const running = this.#running.get(job.key)
    if (running) return running.result
    const stop = new AbortController()
    const result = this.#run(job, stop.signal)
    this.#running.set(job.key, { stop, result })
    // Whoever asked hears of it; who has only started it sees the state.
    result.catch(() => undefined)
    return result
  }

  find(key: string): UploadedFile | undefined {
    return this.#done.get(key)
  }

  /** Stops it, or forgets that it was done. */
  drop(key: string): void {
    this.#running.get(key)?.stop.abort()
    this.#running.delete(key)
    this.#done.delete(key)
    this.#deps.onChange(key, undefined)
  }

  dropAll(): void {
    for (const key of new Set([...this.#running.keys(), ...this.#done.keys()])) this.drop(key)
  }

  async #run({ key, blob, name }: UploadJob, signal: AbortSignal): Promise<UploadedFile> {
    const total = blob.size
    const tell = (state: UploadState) => !signal.aborted && this.#deps.onChange(key, state)
    tell({ phase: 'waiting', sent: 0, total })
    try {
      await this.#takeTurn(signal)
      tell({ phase: 'sending', sent: 0, total })
      const onProgress = (sent: number) => void tell({ phase: 'sending', sent, total })
      const file = await this.#deps.send(blob, { name, signal, onProgress }).finally(() => this.#giveTurn())
      signal.throwIfAborted()
      this.#done.set(key, file)
      tell({ phase: 'done', file })
      return file
    } catch (error) {
      tell({ phase: 'failed', error })
      throw error
    } finally {
      // A dropped one may have been started anew under the same name.
      if (this.#running.get(key)?.stop.signal === signal) this.#running.delete(key)
    }
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    if (this.#active >= AT_ONCE) await new Promise<void>((resolve) => this.#queue.push(resolve))
    else this.#active += 1
    if (!signal.aborted) return
    this.#giveTurn()
    signal.throwIfAborted()
  }

  /** A turn goes straight to the next in line. */
  #giveTurn(): void {
    const next = this.#queue.shift()
    if (next) next()
    else this.#active -= 1
  }
}
