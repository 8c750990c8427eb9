import type { Deps } from '../domain/deps.ts'
import { wakeDueChats } from '../domain/inbox/wake-chats.ts'

const LOOK_EVERY_MS = 1000

/** Wakes snoozed chats when their time has come. */
export function startWaking(deps: Pick<Deps, 'db' | 'clock' | 'nudge' | 'log'>): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const watch = async () => {
    while (!stopping.signal.aborted) {
      const woken = await wakeDueChats(deps).catch((error: unknown) => {
        deps.log.error({ err: error }, 'snoozed chats could not be woken')
        return 0
      })
      if (woken === 0) await deps.clock.sleep(LOOK_EVERY_MS, stopping.signal)
    }
  }
  const ended = watch()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
