import type { AccountId } from '@parley/protocol/model'

/**
 * Who waits for news of an account on this node. A nudge is sent after the commit and carries nothing:
 * the truth is the numbered event in the database, so a lost one costs a reader a moment, never data.
 */
export interface Nudges {
  nudge(accountId: AccountId): void
  /** Calls `wake` at every nudge until the returned function is called. */
  subscribe(accountId: AccountId, wake: () => void): () => void
  /** Calls `wake` at every nudge of any account until the returned function is called. */
  subscribeAll(wake: (accountId: AccountId) => void): () => void
  /** Tells every node something that is not kept: it carries its own text, and may be lost. */
  whisper(accountId: AccountId, text: string): void
  /** Hears every whisper until the returned function is called. */
  overhear(listener: (accountId: AccountId, text: string) => void): () => void
}

export function createNudges(): Nudges {
  const listeners = new Map<AccountId, Set<() => void>>()
  const everyListener = new Set<(accountId: AccountId) => void>()
  const eavesdroppers = new Set<(accountId: AccountId, text: string) => void>()
  return {
    whisper(accountId, text) {
      for (const listener of eavesdroppers) listener(accountId, text)
    },
    overhear(listener) {
      eavesdroppers.add(listener)
      return () => eavesdroppers.delete(listener)
    },
    nudge(accountId) {
      for (const wake of listeners.get(accountId) ?? []) wake()
      for (const wake of everyListener) wake(accountId)
    },
    subscribeAll(wake) {
      everyListener.add(wake)
      return () => everyListener.delete(wake)
    },
    subscribe(accountId, wake) {
      const waiting = listeners.get(accountId) ?? new Set()
      listeners.set(accountId, waiting.add(wake))
      return () => {
        waiting.delete(wake)
        if (waiting.size === 0 && listeners.get(accountId) === waiting) listeners.delete(accountId)
      }
    },
  }
}
