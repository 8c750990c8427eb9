import type { Logger } from 'pino'
import { type HealthDeps, takeDueNotices } from '../domain/deliveries/endpoint-health.ts'
import type { EndpointNotice } from '../domain/deliveries/endpoint-notice.ts'
import type { Clock } from '../lib/clock.ts'

export interface WatchDeps extends HealthDeps {
  clock: Clock
  log: Logger
  notify: (notice: EndpointNotice) => void
}

const LOOK_EVERY_MS = 30_000

/** Tells people in time of endpoints that go on failing, and switches off what has failed for days. Any number of nodes may do it. */
export function watchEndpoints(deps: WatchDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const watch = async () => {
    while (!stopping.signal.aborted) {
      try {
        for (const notice of await takeDueNotices(deps, deps.clock.now())) deps.notify(notice)
      } catch (error) {
        deps.log.error({ err: error }, 'failing endpoints could not be looked at')
      }
      await deps.clock.sleep(LOOK_EVERY_MS, stopping.signal)
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
