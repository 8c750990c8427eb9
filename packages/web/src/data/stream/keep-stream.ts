import type { RealtimeWhisper } from '@parley/protocol/model'
import { planBackoff } from '../backoff.ts'
import { wait } from '../wait.ts'
import { readStream, StreamRefused } from './read-stream.ts'
import type { StreamFrame } from './recent-events.ts'

const BACKOFF = { firstMs: 250, maxMs: 10_000 }
const SILENCE_MS = 35_000
/** A connection that ended sooner counts as a failure: a server that hangs up at once must not be called four times a second. */
const STABLE_MS = 5_000
/** On coming back to the page, a connection silent for longer than a heartbeat is not trusted. */
const DOUBTFUL_MS = 20_000

interface StreamEvents {
  /** The number to go on from; asked anew for every connection. */
  lastSeq(): number
  onFrames(frames: StreamFrame[]): void
  /** Somebody is typing, or has come: without a number, so it moves nothing. */
  onWhisper(whisper: RealtimeWhisper): void
  onOpenChange(isOpen: boolean): void
  onAlive(): void
  /** Nobody is logged in any more: the stream is given up. */
  onUnauthorized(): void
}

export interface KeptStream {
  /** Do not wait any longer: the network is back, or somebody looks at the page. */
  hurry(): void
}

/** Keeps the event stream open, connection after connection, until `signal` aborts. */
export function keepStream(events: StreamEvents, signal: AbortSignal): KeptStream {
  let failures = 0
  let openedAt = Number.POSITIVE_INFINITY
  let aliveAt = Date.now()
  let connection = new AbortController()
  let pause = new AbortController()

  async function connectOnce() {
    connection = new AbortController()
    openedAt = Number.POSITIVE_INFINITY
    aliveAt = Date.now()
    await readStream({
      after: events.lastSeq(),
      silenceMs: SILENCE_MS,
      signal: AbortSignal.any([signal, connection.signal]),
      onFrames: events.onFrames,
      onWhisper: events.onWhisper,
      onOpen: () => {
        openedAt = Date.now()
        events.onOpenChange(true)
      },
      onAlive: () => {
        aliveAt = Date.now()
        events.onAlive()
      },
    })
  }

  async function run() {
    while (!signal.aborted) {
      const refused = await connectOnce().catch(
        (error: unknown) => error instanceof StreamRefused && error.status === 401,
      )
      if (signal.aborted) return
      events.onOpenChange(false)
      if (refused === true) return events.onUnauthorized()
      failures = Date.now() - openedAt > STABLE_MS ? 1 : failures + 1
      pause = new AbortController()
      await wait(planBackoff(failures, BACKOFF, Math.random()), AbortSignal.any([signal, pause.signal]))
    }
  }
  void run()

  return {
    hurry() {
      pause.abort()
      if (Date.now() - aliveAt > DOUBTFUL_MS) connection.abort()
    },
  }
}
