import type { RealtimeEvent, RealtimeReset } from '@parley/protocol/model'

export type StreamFrame = RealtimeEvent | RealtimeReset

/** Frames as they were handed on: everything the user may see after `prevSeq`, up to `seq`. */
export interface FrameBatch {
  prevSeq: number
  seq: number
  frames: StreamFrame[]
}

export type Admission =
  | { kind: 'nothing' }
  /** Something between what we have and this batch is missing. */
  | { kind: 'gap' }
  | { kind: 'events'; seq: number; events: RealtimeEvent[] }
  /** Everything held is to be read again, as of `since`; `events` came after that. */
  | { kind: 'reset'; since: number; seq: number; events: RealtimeEvent[] }

export const isReset = (frame: StreamFrame): frame is RealtimeReset => frame.type === 'reset'

/** Decides what to do with a batch for one who has applied everything up to `lastSeq`. */
export function admit(lastSeq: number, batch: FrameBatch): Admission {
  const resetAt = batch.frames.findLastIndex(isReset)
  const events = batch.frames.slice(resetAt + 1).filter((frame): frame is RealtimeEvent => !isReset(frame))
  const reset = batch.frames[resetAt]
  if (reset) return { kind: 'reset', since: reset.seq, seq: batch.seq, events }
  if (batch.prevSeq > lastSeq) return { kind: 'gap' }
  const fresh = events.filter((event) => event.seq > lastSeq)
  if (fresh.length === 0) return { kind: 'nothing' }
  return { kind: 'events', seq: Math.max(lastSeq, batch.seq), events: fresh }
}

/** The latest events, kept for tabs that missed some and for answers that were on their way while events came in. */
export interface RecentEvents {
  /** Everything after this number is held. */
  since: number
  events: RealtimeEvent[]
}

export function remember(recent: RecentEvents, events: readonly RealtimeEvent[], limit: number): RecentEvents {
  const all = [...recent.events, ...events]
  if (all.length <= limit) return { ...recent, events: all }
  const dropped = all.length - limit
  return { since: all[dropped - 1]!.seq, events: all.slice(dropped) }
}

/** The events after a number; undefined when they are not all held any more. */
export function eventsAfter(recent: RecentEvents, seq: number): RealtimeEvent[] | undefined {
  return seq < recent.since ? undefined : recent.events.filter((event) => event.seq > seq)
}
