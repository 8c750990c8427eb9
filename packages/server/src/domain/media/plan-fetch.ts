import type { DownloadOutcome } from '../../lib/download.ts'
import type { ClaimedFetch } from './claim-fetches.ts'
import { isPicture } from './keep-file.ts'

/** Waits after the first, second, … try that failed; after the last there is none. */
const DELAYS_MS = [10_000, 60_000, 600_000, 3_600_000]
const LONGEST_WAIT_MS = 3_600_000

/** Answers below 500 that may be another one later; all others mean that there is nothing, or not for us. */
const PASSING = new Set([408, 409, 421, 423, 425, 429])

export type FetchPlan = { do: 'give_up' } | { do: 'retry'; afterMs: number }
export type FailedDownload = Exclude<DownloadOutcome, { kind: 'downloaded' | 'aborted' }>

/** What becomes of a link that could not be copied, after its `attempts`th try. */
export function planFetch(attempts: number, outcome?: FailedDownload): FetchPlan {
  const delayMs = DELAYS_MS[attempts - 1]
  if (delayMs === undefined || (outcome && isFinal(outcome))) return { do: 'give_up' }
  const askedMs = outcome?.kind === 'answered' ? (outcome.retryAfterMs ?? 0) : 0
  return { do: 'retry', afterMs: Math.max(delayMs, Math.min(askedMs, LONGEST_WAIT_MS)) }
}

/** A process that ends while it copies has made a try, too: what ends it every time is not tried for ever. */
export const isExhausted = (attempts: number): boolean => attempts > DELAYS_MS.length + 1

function isFinal(outcome: FailedDownload): boolean {
  switch (outcome.kind) {
    case 'answered':
      return outcome.status < 500 && !PASSING.has(outcome.status)
    case 'too_large':
    case 'refused_address':
    case 'too_many_redirects':
      return true
    case 'failed':
    case 'broke_off':
    case 'empty':
      return false
  }
}

/** In words for people, as the end of a sentence: "Not copied: …". */
export function describeFailure(outcome: FailedDownload, maxBytes: number): string {
  switch (outcome.kind) {
    case 'answered':
      return `${outcome.host} answered ${outcome.status}`
    case 'too_large':
      return `it is larger than ${describeSize(maxBytes)}`
    case 'empty':
      return `${outcome.host} sent an empty file`
    case 'too_many_redirects':
      return `${outcome.host} redirects too often`
    case 'broke_off':
      return `${outcome.host} broke off: ${outcome.reason}`
    case 'refused_address':
    case 'failed':
      return `${outcome.host} cannot be reached: ${outcome.reason}`
  }
}

export function describeSize(bytes: number): string {
  const [unit, name] = bytes >= 1024 * 1024 ? [1024 * 1024, 'MB'] : [1024, 'KB']
  return `${Math.max(1, Math.round(bytes / unit))} ${name}`
}

/** Why this content is not what was linked to: a page that says "log in" is no photo. Undefined when it may be. */
export function findContentFault(fetch: ClaimedFetch, mediaType: string): string | undefined {
  if (fetch.slot === 'media') {
    const isPage = mediaType === 'text/html' && fetch.messageKind !== 'file'
    return isPage ? `${fetch.host} sent a web page instead` : undefined
  }
  return isPicture(mediaType) ? undefined : `${fetch.host} sent no picture`
}
