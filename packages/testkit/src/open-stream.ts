import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import type {
  BulkJob,
  RealtimeChannelTraffic,
  RealtimeEvent,
  RealtimePresence,
  RealtimeReset,
  RealtimeTyping,
  RealtimeWhisper,
} from '@parley/protocol/model'
import { within } from './wait-until.ts'

export type StreamFrame = RealtimeEvent | RealtimeReset

const DEFAULT_DEADLINE_MS = 10_000

export interface StreamOptions {
  /** The last event the reader has; sent as `?after=`. */
  after?: number
  /** The same as a browser's reconnect says it: the `Last-Event-ID` header. */
  lastEventId?: number
  agent?: Agent
}

/** A reader of `GET /realtime`, as a browser tab is one. */
export class EventStream {
  /** Everything so far that has a number, in order of arrival. */
  readonly frames: StreamFrame[] = []
  /** Who was typing so far, in order of arrival. */
  readonly typings: RealtimeTyping[] = []
  /** Who had a chat open so far, or closed it, in order of arrival. */
  readonly presences: RealtimePresence[] = []
  /** How far what was done to many chats had come, in order of arrival. */
  readonly bulkJobs: BulkJob[] = []
  /** What was said of the traffic of channels, in order of arrival. */
  readonly traffic: RealtimeChannelTraffic[] = []
  /** How often it was told that another number of channels may wait for an operator. */
  registrationsTold = 0
  /** How often it was said that numbers of chats may be different. */
  countsTold = 0
  readonly #request: ClientRequest
  #waiting: (() => void)[] = []
  #ended: string | undefined
  #rest = ''

  private constructor(request: ClientRequest, answer: IncomingMessage) {
    this.#request = request
    answer.setEncoding('utf8')
    answer.on('data', (text: string) => this.#take(text))
    answer.on('error', () => this.#end('the connection was lost'))
    answer.on('close', () => this.#end('the server closed the stream'))
  }

  /** @throws {Error} when the server refuses; the message holds its status and answer */
  static async open(
    origin: string,
    headers: Record<string, string>,
    options: StreamOptions = {},
  ): Promise<EventStream> {
    const url = new URL('/realtime', origin)
    if (options.after !== undefined) url.searchParams.set('after', String(options.after))
    const resume = options.lastEventId === undefined ? {} : { 'last-event-id': String(options.lastEventId) }
    const request = httpRequest(url, { headers: { accept: 'text/event-stream', ...headers, ...resume }, agent: false })
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request.on('response', resolve)
      request.on('error', reject)
      request.end()
    })
    // Once it is open, a cut connection is seen on the answer.
    request.removeAllListeners('error').on('error', () => undefined)
    if (answer.statusCode === 200) return new EventStream(request, answer)
    let text = ''
    for await (const chunk of answer) text += String(chunk)
    throw new Error(`GET ${url.pathname} answered ${answer.statusCode}: ${text}`)
  }

  get events(): RealtimeEvent[] {
    return this.frames.filter((frame): frame is RealtimeEvent => frame.type !== 'reset')
  }

  /** The highest event number seen. */
  get lastSeq(): number {
    return this.frames.reduce((highest, frame) => Math.max(highest, frame.seq), 0)
  }

  get isOpen(): boolean {
    return this.#ended === undefined
  }

  /** The first event that fits, among those that came already too. */
  async waitForEvent(
    fits: RealtimeEvent['type'] | ((event: RealtimeEvent) => boolean),
    deadlineMs = DEFAULT_DEADLINE_MS,
  ): Promise<RealtimeEvent> {
    const matches = typeof fits === 'function' ? fits : (event: RealtimeEvent) => event.type === fits
    return this.#wait(() => this.events.find(matches), deadlineMs)
  }

  async waitForReset(deadlineMs = DEFAULT_DEADLINE_MS): Promise<RealtimeReset> {
    return this.#wait(() => this.frames.find((frame): frame is RealtimeReset => frame.type === 'reset'), deadlineMs)
  }

  /** The first who types and fits, among those who did so already too. */
  async waitForTyping(
    fits: (typing: RealtimeTyping) => boolean = () => true,
    deadlineMs = DEFAULT_DEADLINE_MS,
  ): Promise<RealtimeTyping> {
    return this.#wait(() => this.typings.find(fits), deadlineMs)
  }

  /** The first who comes or goes and fits, among those who did so already too. */
  async waitForPresence(
    fits: (presence: RealtimePresence) => boolean = () => true,
    deadlineMs = DEFAULT_DEADLINE_MS,
  ): Promise<RealtimePresence> {
    return this.#wait(() => this.presences.find(fits), deadlineMs)
  }

  /** The first word of a bulk job that fits, among those that came already too. */
  async waitForBulk(fits: (job: BulkJob) => boolean, deadlineMs = DEFAULT_DEADLINE_MS): Promise<BulkJob> {
    return this.#wait(() => this.bulkJobs.find(fits), deadlineMs)
  }

  /** Until it was said, once more than `before` times, that numbers of chats may be different. */
  async waitForCounts(before: number, deadlineMs = DEFAULT_DEADLINE_MS): Promise<number> {
    return this.#wait(() => (this.countsTold > before ? this.countsTold : undefined), deadlineMs)
  }

  /** The first word of a channel's traffic that fits, among those that came already too. */
  async waitForTraffic(
    fits: (traffic: RealtimeChannelTraffic) => boolean = () => true,
    deadlineMs = DEFAULT_DEADLINE_MS,
  ): Promise<RealtimeChannelTraffic> {
    return this.#wait(() => this.traffic.find(fits), deadlineMs)
  }

  /** As a closed tab does. */
  close(): void {
    this.#request.destroy()
  }

  async #wait<T>(find: () => T | undefined, deadlineMs: number): Promise<T> {
    const until = performance.now() + deadlineMs
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (this.#ended !== undefined) throw new Error(`${this.#ended} (${this.#seen()}).`)
      const arrival = new Promise<void>((resolve) => this.#waiting.push(resolve))
      const explain = () => `no such event in ${deadlineMs} ms (${this.#seen()}).`
      await within(Math.max(1, until - performance.now()), arrival, explain)
    }
  }

  #seen(): string {
    return this.frames.length === 0
      ? 'none came'
      : `came: ${this.frames.map(({ seq, type }) => `${seq} ${type}`).join(', ')}`
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split(/\r?\n\r?\n/)
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).replace(/^ /, ''))
      if (data.length > 0) this.#keep(JSON.parse(data.join('\n')) as StreamFrame | RealtimeWhisper)
    }
    this.#wakeAll()
  }

  #keep(frame: StreamFrame | RealtimeWhisper): void {
    if (frame.type === 'typing') this.typings.push(frame)
    else if (frame.type === 'presence') this.presences.push(frame)
    else if (frame.type === 'counts') this.countsTold += 1
    else if (frame.type === 'bulk') this.bulkJobs.push(frame.job)
    else if (frame.type === 'channel_traffic') this.traffic.push(frame)
    else if (frame.type === 'registrations') this.registrationsTold += 1
    else this.frames.push(frame)
  }

  #end(why: string): void {
    this.#ended ??= why
    this.#wakeAll()
  }

  #wakeAll(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
