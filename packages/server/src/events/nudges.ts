import type { AccountId } from '@parley/protocol/model'

/**
 * Who waits for news of an account on this node. A nudge is sent after the commit and carries nothing:
 * the truth is the numbered event in the database, so a lost one costs a reader a moment, never data.
 */
export interface Nudges {
  nudge(accountId: AccountId): void
  /** Calls `wake` at every nudge until the returned function is called. */
  subscribe(accountId: AccountId, wake: () => void): () => void
}

export function createNudges(): Nudges {
  const listeners = new Map<AccountId, Set<() => void>>()
  return {
    nudge(accountId) {
      for (const wake of listeners.get(accountId) ?? []) wake()
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
