import type { FetchOutcome } from '../../lib/guarded-fetch.ts'

/** What an attempt came to; one that was broken off by ourselves is none. */
export type AttemptOutcome = Exclude<FetchOutcome, { kind: 'aborted' }>

export type NextStep =
  | { do: 'finish' }
  | { do: 'retry'; afterMs: number }
  /** Nothing more is tried until somebody asks. */
  | { do: 'give_up' }

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** The wait before try 2, 3, …; after the last one the delivery is given up. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
]
/** Of a reaction: it must not keep a chat's answers waiting for hours. */
export const SHORT_DELAYS_MS: readonly number[] = RETRY_DELAYS_MS.slice(0, 3)
/** The vendor's way: one try. */
export const SEND_ONCE: readonly number[] = []

/**
 * Decides what follows an attempt.
 * @param failures  failed tries of this delivery before this one
 * @param delaysMs  wait before try 2, 3, …; when it runs out the delivery is given up
 * @param random    0 <= x < 1; spreads retries ±20 % so a revived endpoint is not hit by all at once
 */
export function planNext(
  outcome: AttemptOutcome,
  failures: number,
  delaysMs: readonly number[],
  random: number,
): NextStep {
  if (isDelivered(outcome)) return { do: 'finish' }
  const delayMs = delaysMs[failures]
  if (delayMs === undefined || !mayHeal(outcome)) return { do: 'give_up' }
  // A receiver may ask for patience, up to twice our own delay: it must not be able to park us for a year.
  const askedMs = outcome.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0
  const waitMs = delayMs * (0.8 + 0.4 * random)
  return { do: 'retry', afterMs: Math.round(Math.max(waitMs, Math.min(askedMs, 2 * delayMs))) }
}

/** Taken: any 2xx. */
export const isDelivered = (outcome: AttemptOutcome) =>
  outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300

/** Whether the same request can fare better later. A redirect or a refusal (3xx, 4xx) will not; nor will a closed address. */
function mayHeal(outcome: AttemptOutcome): boolean {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status >= 500 || outcome.status === 408 || outcome.status === 429
    case 'failed':
      return true
    case 'refused_address':
      return false
  }
}

/** For a manager, beside the message: short, and with the name they know the messenger by. */
export function describeFailure(outcome: AttemptOutcome, channelTitle: string): string {
  switch (outcome.kind) {
    case 'answered':
      return `${channelTitle} answered ${outcome.status}`
    case 'refused_address':
      return `${channelTitle} could not be reached: ${outcome.reason}`
    case 'failed': {
      const late = /^no answer (within .*)$/.exec(outcome.reason)
      return late
        ? `${channelTitle} did not answer ${late[1]}`
        : `${channelTitle} could not be reached: ${outcome.reason}`
    }
  }
}
