import { setMaxListeners } from 'node:events'
import type { AccountId, RealtimePresence } from '@parley/protocol/model'
import type { StreamRequest, StreamSink, Streams, Whisper } from '../domain/event-stream.ts'
import type { Presence } from '../domain/presence.ts'
import { isAmong, type Viewer } from '../domain/users/viewer.ts'
import { getLastSeq } from '../events/list-events.ts'
import { AccountFeed, type FeedDeps } from './account-feed.ts'

/** Proxies close what is silent; a reader takes more than two missed ones for a dead line. */
const HEARTBEAT_MS = 15_000
const HEARTBEATS_BETWEEN_CHECKS = 4
/** A reader this far behind is cut off: it comes back with its last number and gets the rest in one go. */
const MOST_BUFFERED_BYTES = 4 * 1024 * 1024

/** Another tab takes a closed one's stream over, and a lost line comes back: only who stays away is gone. */
const GONE_AFTER_MS = 5000

interface StreamsDeps extends FeedDeps {
  presence: Pick<Presence, 'leave'> & { hear(accountId: AccountId, frame: RealtimePresence): void }
}

interface OpenStream {
  sink: StreamSink
  request: StreamRequest
  leave: () => void
}

/** All event streams of this node. */
export class EventStreams implements Streams {
  readonly #deps: StreamsDeps
  readonly #feeds = new Map<AccountId, AccountFeed>()
  readonly #streams = new Set<OpenStream>()
  readonly #stop = new AbortController()

  constructor(deps: StreamsDeps) {
    this.#deps = deps
    // One for every stream that has just ended.
    setMaxListeners(0, this.#stop.signal)
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
    const { audience, userId, isForAdmins, frame } = JSON.parse(text) as Whisper
    if (frame.type === 'presence') this.#deps.presence.hear(accountId, frame)
    const data = `data: ${JSON.stringify(frame)}\n\n`
    for (const { sink, request } of this.#streams) {
      const { viewer } = request
      if (viewer.account.id !== accountId || (userId !== undefined && viewer.user.id !== userId)) continue
      if (isForAdmins && viewer.user.role !== 'admin') continue
      if (audience === null || isAmong(audience, viewer)) sink.write(data)
    }
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
    void this.#sayGone(stream.request.viewer)
  }

  async #sayGone({ account, user }: Viewer): Promise<void> {
    await this.#deps.clock.sleep(GONE_AFTER_MS, this.#stop.signal)
    const isOfUser = ({ request: { viewer } }: OpenStream) =>
      viewer.account.id === account.id && viewer.user.id === user.id
    if (this.#stop.signal.aborted || [...this.#streams].some(isOfUser)) return
    this.#deps.presence.leave(account.id, user.id)
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
