import type { Logger } from 'pino'
import type { Clock } from '../lib/clock.ts'

export interface TendDeps {
  clock: Clock
  log: Logger
}

/** Something that may be due; answers how many it did, to be asked again at once when it was as many as it takes in one go. */
export interface Duty {
  name: string
  run(): Promise<number>
  /** How often it is looked at; absent: every few seconds. */
  everyMs?: number
}

const LOOK_EVERY_MS = 5000

/** Does what time alone makes due: notifications put off, digests, erasures, purges. Any number of nodes may do it; each duty is done once. */
export function tendDuties({ clock, log }: TendDeps, duties: readonly Duty[]): { stop(): Promise<void> } {
  const stopping = new AbortController()
  async function tend(duty: Duty) {
    while (!stopping.signal.aborted) {
      const done = await duty.run().catch((error: unknown) => {
        log.error({ err: error, duty: duty.name }, 'what is due could not be done; trying again')
        return 0
      })
      if (done === 0) await clock.sleep(duty.everyMs ?? LOOK_EVERY_MS, stopping.signal)
    }
  }
  const ended = Promise.all(duties.map(tend))
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
