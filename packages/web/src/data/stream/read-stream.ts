import type { RealtimeWhisper } from '@parley/protocol/model'
import { createSseParser } from './parse-sse.ts'
import type { StreamFrame } from './recent-events.ts'

export class StreamRefused extends Error {
  override readonly name = 'StreamRefused'
  readonly status: number
  constructor(status: number) {
    super(`the event stream answered ${status}`)
    this.status = status
  }
}

interface Reading {
  after: number
  /** The server says something every 15 s; after so much silence the connection is dead. */
  silenceMs: number
  signal: AbortSignal
  onOpen(): void
  /** Any byte, also of a comment. */
  onAlive(): void
  onFrames(frames: StreamFrame[]): void
  onWhisper(whisper: RealtimeWhisper): void
}

/** Holds one connection to the event stream until it ends, breaks or falls silent; then returns or throws. */
export async function readStream({ after, silenceMs, signal, onOpen, onAlive, ...on }: Reading): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), silenceMs)
  const stillThere = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), silenceMs)
    onAlive()
  }
  try {
    const response = await fetch(`/realtime?after=${after}`, {
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'text/event-stream', 'last-event-id': String(after) },
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (!response.ok || !response.body) throw new StreamRefused(response.status)
    onOpen()
    stillThere()
    await readFrames(response.body, stillThere, on)
  } finally {
    clearTimeout(timer)
  }
}

type Frame = StreamFrame | RealtimeWhisper
type Heard = Pick<Reading, 'onFrames' | 'onWhisper'>

async function readFrames(body: ReadableStream<Uint8Array>, stillThere: () => void, on: Heard) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const push = createSseParser()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    stillThere()
    const heard = push(decoder.decode(value, { stream: true })).map(({ data }) => JSON.parse(data) as Frame)
    const frames = heard.filter((frame) => !isWhisper(frame))
    if (frames.length > 0) on.onFrames(frames)
    // After the events: a message of an earlier write does not end what was typed since.
    for (const frame of heard) if (isWhisper(frame)) on.onWhisper(frame)
  }
}

/** Only what is kept has a number. */
const isWhisper = (frame: Frame): frame is RealtimeWhisper => !('seq' in frame)
