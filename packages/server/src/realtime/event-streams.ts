import type { AccountId } from '@parley/protocol/model'
import type { StreamRequest, StreamSink, Streams } from '../domain/event-stream.ts'
import { getLastSeq } from '../events/list-events.ts'
import { AccountFeed, type FeedDeps } from './account-feed.ts'

/** Proxies close what is silent; a reader takes more than two missed ones for a dead line. */
const HEARTBEAT_MS = 15_000
const HEARTBEATS_BETWEEN_CHECKS = 4
/** A reader this far behind is cut off: it comes back with its last number and gets the rest in one go. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024

interface OpenStream {
  sink: StreamSink
  request: StreamRequest
  leave: () => void
}

/** All event streams of this node. */
export class EventStreams implements Streams {
  readonly #deps: FeedDeps
  readonly #feeds = new Map<AccountId, AccountFeed>()
  readonly #streams = new Set<OpenStream>()
  readonly #stop = new AbortController()

  constructor(deps: FeedDeps) {
    this.#deps = deps
    const unhear = deps.nudges.overhear((accountId, text) => this.#whisper(accountId, text))
    this.#stop.signal.addEventListener('abort', unhear)
    void this.#heartbeat()
  }

  get count(): number {
    return this.#streams.size
  }

  lastSeq(accountId: AccountId): Promise<number> {
    return getLastSeq(this.#deps.hotPool, accountId)
  }

  /** Starts writing frames to the sink until the returned function is called or the stream is ended from here. */
  async open(request: StreamRequest, sink: StreamSink): Promise<() => void> {
    const feed = this.#feedOf(request.viewer.account.id)
    const stream: OpenStream = { sink, request, leave: () => undefined }
    this.#streams.add(stream)
    const write = (text: string) => {
      sink.write(text)
      if (sink.writableLength > MOST_BUFFERED_BYTES) this.#end(stream)
    }
    try {
      const unsubscribe = await feed.subscribe(
        { viewer: request.viewer, viewerSeq: request.viewerSeq, write, end: () => this.#end(stream) },
        request.after,
      )
      stream.leave = unsubscribe
      // The reader may have left while the past was being read.
      if (!this.#streams.has(stream)) unsubscribe()
    } catch (error) {
      this.#end(stream)
      throw error
    }
    return () => this.#end(stream)
  }

  /** Somebody logged out: what this session listens to ends now. */
  endSession(token: string): void {
    for (const stream of [...this.#streams]) if (stream.request.sessionToken === token) this.#end(stream)
  }

  /** Ends every stream; readers come back to another node, or later. */
  stop(): void {
    this.#stop.abort()
    for (const stream of [...this.#streams]) this.#end(stream)
  }

  #whisper(accountId: AccountId, text: string): void {
    for (const { sink, request } of this.#streams)
      if (request.viewer.account.id === accountId) sink.write(`data: ${text}\n\n`)
  }

  #feedOf(accountId: AccountId): AccountFeed {
    const known = this.#feeds.get(accountId)
    if (known) return known
    const feed = new AccountFeed(this.#deps, accountId)
    this.#feeds.set(accountId, feed)
    return feed
  }

  #end(stream: OpenStream): void {
    if (!this.#streams.delete(stream)) return
    stream.leave()
    stream.sink.end()
    const feed = this.#feeds.get(stream.request.viewer.account.id)
    if (feed?.isIdle) this.#feeds.delete(stream.request.viewer.account.id)
  }

  async #heartbeat(): Promise<void> {
    for (let beat = 1; ; beat += 1) {
      await this.#deps.clock.sleep(HEARTBEAT_MS, this.#stop.signal)
      if (this.#stop.signal.aborted) return
      for (const stream of this.#streams) stream.sink.write(': ping\n\n')
      if (beat % HEARTBEATS_BETWEEN_CHECKS === 0) await this.#endForbidden()
    }
  }

  async #endForbidden(): Promise<void> {
    for (const stream of [...this.#streams]) {
      // When nobody can tell, the stream stays: the next look will tell.
      const isAllowed = await stream.request.isStillAllowed().catch(() => true)
      if (!isAllowed) this.#end(stream)
    }
  }
}
