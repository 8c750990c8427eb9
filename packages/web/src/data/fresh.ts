import type { RealtimeEvent } from '@parley/protocol/model'
import { isAboutSame } from './stream/is-about-same.ts'
import type { SharedStream } from './stream/share-stream.ts'

// An answer may be older than what the stream has told by the time it comes. Nothing that is read or changed goes to the screen
// without this in mind.

let stream: SharedStream | undefined

/** From now on answers are compared with what this one tells. Answers how to let go of it. */
export function holdStream(opened: SharedStream): () => void {
  stream = opened
  return () => {
    if (stream === opened) stream = undefined
  }
}

/** The number of the last event that is in the cache; undefined before the stream has begun. */
export const lastSeq = (): number | undefined => stream?.lastSeq()

/** An answer, and the number of the last event that was in the cache when it was asked for. */
export interface Dated<Answer> {
  answer: Answer
  since: number | undefined
}

/** Asks for a change; `hasTold` says of the answer whether it may still be shown. */
export async function dated<Answer>(ask: () => Promise<Answer>): Promise<Dated<Answer>> {
  const since = lastSeq()
  return { answer: await ask(), since }
}

/**
 * Whether the stream has told of the same thing since. An answer about it is older than what is held then, or what is newer is on
 * its way: every change has its event, so it must not be shown any more.
 */
export function hasTold(since: number | undefined, told: Partial<RealtimeEvent>): boolean {
  if (!stream || since === undefined) return false
  const events = stream.eventsAfter(since)
  // More happened than is remembered, and all of it is in the cache.
  return events === undefined || events.some((event) => isAboutSame(event, told))
}

/** An answer that needs more of the past than is remembered is asked for again so often; then it is as good as it gets. */
const MOST_TRIES = 3

/**
 * Fetches, and applies to the answer what events told while it was on its way: such an event found nothing to change
 * in the cache yet, and the answer may be older than it. One that says as of which event it is may be older still.
 */
export async function fetchFresh<Answer>(
  load: () => Promise<Answer>,
  apply: (answer: Answer, events: readonly RealtimeEvent[]) => Answer,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const askedAt = stream?.lastSeq()
    const answer = await load()
    const since = Math.min(askedAt ?? Number.POSITIVE_INFINITY, seqOf(answer))
    if (!stream || since === Number.POSITIVE_INFINITY) return answer
    const events = stream.eventsAfter(since) ?? (tries < MOST_TRIES ? undefined : [])
    if (events) return events.length > 0 ? apply(answer, events) : answer
    // More happened than is remembered: this answer cannot be mended, a new one can.
  }
}

function seqOf(answer: unknown): number {
  const isDated = typeof answer === 'object' && answer !== null && 'seq' in answer && typeof answer.seq === 'number'
  return isDated ? (answer.seq as number) : Number.POSITIVE_INFINITY
}
