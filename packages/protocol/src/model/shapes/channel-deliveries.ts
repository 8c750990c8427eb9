import type { ChatId, DeliveryId } from '../ids.ts'
import type { Page } from './paging.ts'

/** A hook of a channel, whichever account it is of, in one line. */
export interface ChannelDeliveryLine {
  id: DeliveryId
  chatId: ChatId
  kind: 'message' | 'reaction'
  /** `waiting`: for its next try, for others of its chat, or for the channel. */
  state: 'waiting' | 'delivered' | 'given_up'
  attempts: number
  lastError: string | null
  createdAt: number
  settledAt: number | null
  /** When it goes out next; null: it waits for something else, or for nothing. */
  nextTryAt: number | null
}

/** With what is sent, and what came of every try. */
export interface ChannelDelivery extends ChannelDeliveryLine {
  hookVersion: 'v1' | 'v2'
  /** The exact bytes. */
  body: string
  tries: DeliveryTry[]
}

export interface DeliveryTry {
  attempt: number
  url: string
  startedAt: number
  durationMs: number
  /** Null: nobody answered. */
  status: number | null
  error: string | null
  /** The beginning of the answer. */
  reply: string | null
}

export type ChannelDeliveryPage = Page<ChannelDeliveryLine>

/** Whether a channel's hooks go out. */
export interface ChannelFlow {
  /**
   * `paused`: its developer wants it so. `held`: the operator of the server does, and nobody else switches it on. `switched_off`:
   * it has failed for days. What comes waits, and nothing is lost.
   */
  state: 'on' | 'paused' | 'held' | 'switched_off'
  since: number | null
  lastFailure: string | null
  /** Hooks that have not arrived yet, in all accounts. */
  waiting: number
}

/** What the tries of a stretch of time took. */
export interface DeliveryBucket {
  /** When it begins. */
  at: number
  tries: number
  failures: number
  p50Ms: number
  p95Ms: number
}

export interface DeliveryFigures {
  from: number
  /** How long a bucket is; those without a try are left out. */
  bucketMs: number
  buckets: DeliveryBucket[]
}
