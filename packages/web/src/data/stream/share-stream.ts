import type { RealtimeEvent, RealtimeWhisper } from '@parley/protocol/model'
import { type KeptStream, keepStream } from './keep-stream.ts'
import { admit, eventsAfter, type FrameBatch, type RecentEvents, remember } from './recent-events.ts'

const RECENT_LIMIT = 1_000

/** What tabs say to each other; the one that holds the stream is the leader. */
export type TabMessage =
  | { kind: 'frames'; batch: FrameBatch; to?: string }
  | { kind: 'state'; seq: number; isOpen: boolean }
  | { kind: 'ask'; from: string; after: number }
  | { kind: 'whisper'; whisper: RealtimeWhisper }
  | { kind: 'hurry' }

interface SharedStreamOptions {
  /** Names the user: tabs of another user keep a stream of their own. */
  scope: string
  /** The last event number that what this tab holds already shows. */
  after: number
  onEvents(events: RealtimeEvent[]): void
  onWhisper(whisper: RealtimeWhisper): void
  /** The gap is too old: read everything again. */
  onReset(): void
  onOpenChange(isOpen: boolean): void
  onAlive(): void
  onUnauthorized(): void
}

/** What the browser gives; tests give their own. */
export interface TabWorld {
  openChannel(
    name: string,
    onMessage: (message: TabMessage) => void,
  ): { post(message: TabMessage): void; close(): void }
  /** Runs `hold` when no other tab holds the lock of this name, and keeps it until the promise ends. */
  holdLock(name: string, signal: AbortSignal, hold: () => Promise<void>): void
  keepStream: typeof keepStream
}

export interface SharedStream {
  lastSeq(): number
  /** The events after a number, undefined when they are not all held any more. */
  eventsAfter(seq: number): RealtimeEvent[] | undefined
  hurry(): void
  stop(): void
}

/**
 * One event stream for all tabs: the tab that gets the lock reads it and passes every batch on.
 * Each tab knows the last number it applied. A batch that does not follow on it, or a leader that is further,
 * makes the tab ask for the rest; a tab that becomes the leader goes on from its own number. So nothing is missed.
 */
export function shareStream(options: SharedStreamOptions, world: TabWorld = browserWorld): SharedStream {
  const tab = new Tab(options, world)
  tab.start()
  return tab
}

const browserWorld: TabWorld = {
  keepStream,
  openChannel(name, onMessage) {
    const channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data)
    return { post: (message) => channel.postMessage(message), close: () => channel.close() }
  },
  holdLock(name, signal, hold) {
    // Locks exist only where the page is served safely; elsewhere each tab holds a stream of its own.
    if (!('locks' in navigator)) return void hold()
    navigator.locks.request(name, { signal }, hold).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  },
}

class Tab implements SharedStream {
  readonly #options: SharedStreamOptions
  readonly #id = Math.random().toString(36).slice(2)
  readonly #stopping = new AbortController()
  readonly #world: TabWorld
  readonly #name: string
  readonly #channel: ReturnType<TabWorld['openChannel']>
  #seq: number
  #recent: RecentEvents
  #isOpen = false
  #stream: KeptStream | undefined

  constructor(options: SharedStreamOptions, world: TabWorld) {
    this.#options = options
    this.#world = world
    this.#seq = options.after
    this.#recent = { since: options.after, events: [] }
    this.#name = `parley.stream.${options.scope}`
    this.#channel = world.openChannel(this.#name, (message) => this.#hear(message))
  }

  lastSeq(): number {
    return this.#seq
  }

  eventsAfter(seq: number): RealtimeEvent[] | undefined {
    return eventsAfter(this.#recent, seq)
  }

  hurry(): void {
    if (this.#stream) this.#stream.hurry()
    else this.#say({ kind: 'hurry' })
  }

  stop(): void {
    this.#stopping.abort()
    this.#channel.close()
  }

  start(): void {
    const { signal } = this.#stopping
    this.#world.holdLock(this.#name, signal, () => {
      this.#lead()
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    })
    this.#ask()
  }

  #lead(): void {
    this.#stream = this.#world.keepStream(
      {
        lastSeq: () => this.#seq,
        onFrames: (frames) => {
          const batch = { prevSeq: this.#seq, seq: frames.at(-1)?.seq ?? this.#seq, frames }
          this.#take(batch)
          this.#say({ kind: 'frames', batch })
        },
        onWhisper: (whisper) => {
          this.#options.onWhisper(whisper)
          this.#say({ kind: 'whisper', whisper })
        },
        onOpenChange: (isOpen) => {
          this.#setOpen(isOpen)
          this.#sayState()
        },
        onAlive: () => {
          this.#options.onAlive()
          this.#sayState()
        },
        onUnauthorized: this.#options.onUnauthorized,
      },
      this.#stopping.signal,
    )
  }

  #hear(message: TabMessage): void {
    if (this.#stopping.signal.aborted) return
    switch (message.kind) {
      case 'frames':
        if (message.to === undefined || message.to === this.#id) this.#take(message.batch)
        return
      case 'state':
        if (this.#stream) return
        this.#setOpen(message.isOpen)
        if (message.isOpen) this.#options.onAlive()
        if (message.seq > this.#seq) this.#ask()
        return
      case 'ask':
        if (this.#stream) this.#answer(message.from, message.after)
        return
      case 'whisper':
        this.#options.onWhisper(message.whisper)
        return
      case 'hurry':
        this.#stream?.hurry()
    }
  }

  #answer(to: string, after: number): void {
    const seq = this.#seq
    const events = eventsAfter(this.#recent, after)
    const frames = events ?? [{ type: 'reset' as const, seq }]
    if (after < seq) this.#say({ kind: 'frames', to, batch: { prevSeq: after, seq, frames } })
    this.#sayState()
  }

  #take(batch: FrameBatch): void {
    const admission = admit(this.#seq, batch)
    if (admission.kind === 'gap') this.#ask()
    if (admission.kind === 'gap' || admission.kind === 'nothing') return
    this.#seq = admission.seq
    if (admission.kind === 'reset') {
      this.#recent = { since: admission.since, events: [] }
      this.#options.onReset()
    }
    this.#recent = remember(this.#recent, admission.events, RECENT_LIMIT)
    this.#options.onEvents(admission.events)
  }

  #ask(): void {
    this.#say({ kind: 'ask', from: this.#id, after: this.#seq })
  }

  #setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen
    this.#options.onOpenChange(isOpen)
  }

  #sayState(): void {
    this.#say({ kind: 'state', seq: this.#seq, isOpen: this.#isOpen })
  }

  #say(message: TabMessage): void {
    if (!this.#stopping.signal.aborted) this.#channel.post(message)
  }
}
