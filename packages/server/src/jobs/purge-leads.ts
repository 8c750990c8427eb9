import type { Logger } from 'pino'
import type { Deps } from '../domain/deps.ts'
import { purgeLeads } from '../domain/leads/purge-leads.ts'

const EVERY_MS = 60_000

/** Takes away for good what was declined, linked or deleted and can no longer be taken back. */
export function startPurge(deps: Pick<Deps, 'db' | 'clock'> & { log: Logger }): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const ended = loop(deps, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function loop(deps: Pick<Deps, 'db' | 'clock'> & { log: Logger }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await purgeLeads(deps)));
    } catch (error) {
      deps.log.error({ err: error }, 'leads that were taken away could not be purged; trying again')
    }
    await deps.clock.sleep(EVERY_MS, signal)
  }
}
