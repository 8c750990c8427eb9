import { setTimeout as rest } from 'node:timers/promises'
import type { Deps } from '../domain/deps.ts'
import { type BulkRow, clearOldBulk, presentBulk } from '../domain/inbox/bulk-jobs.ts'
import { claimBulk, isOver, releaseBulk, stepBulk } from '../domain/inbox/step-bulk.ts'

export interface BulkRunner {
  /** Something is due: look at once. */
  nudge(): void
  /** Finishes the transaction in hand, then resolves. */
  stop(): Promise<void>
}

/** Other nodes begin jobs without telling us. */
const POLL_MS = 1000
/** A job whose worker died goes on after this. */
const LEASE_MS = 15_000
/** A job's turn, and how often its progress is told. */
const TURN_MS = 250
/** Between two transactions, so that what people wait for comes through. */
const REST_MS = 2
const CLEAR_EVERY_MS = 10 * 60_000
const AFTER_FAILURE_MS = 1000

/** Works through what people do to many chats at once: a few at a time, job after job in turn. */
export function startBulkRunner(deps: Deps): BulkRunner {
  const stopping = new AbortController()
  let idle = new AbortController()
  let clearedAt = Number.NEGATIVE_INFINITY

  const run = async () => {
    while (!stopping.signal.aborted) {
      // Armed before looking, so no nudge slips between.
      idle = new AbortController()
      const { signal } = idle
      try {
        const job = await claimBulk(deps, LEASE_MS)
        if (job) await takeTurn(deps, job, stopping.signal)
        else {
          await clear()
          await deps.clock.sleep(POLL_MS, signal)
        }
      } catch (error) {
        // The lease runs out by itself, and the job goes on.
        deps.log.error({ err: error }, 'a bulk job failed; trying again')
        await deps.clock.sleep(AFTER_FAILURE_MS, stopping.signal)
      }
    }
  }

  async function clear(): Promise<void> {
    const nowMs = deps.clock.now().getTime()
    if (nowMs - clearedAt < CLEAR_EVERY_MS) return
    clearedAt = nowMs
    await clearOldBulk(deps)
  }

  const ended = run()
  return {
    nudge: () => idle.abort(),
    stop: async () => {
      stopping.abort()
      idle.abort()
      await ended
    },
  }
}

async function takeTurn(deps: Deps, claimed: BulkRow, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now()
  let job = claimed
  do {
    job = await stepBulk(deps, job.account_id, job.id, LEASE_MS)
    await rest(REST_MS)
  } while (!isOver(job) && !signal.aborted && performance.now() - startedAt < TURN_MS)
  if (!isOver(job)) await releaseBulk(deps, job)
  deps.whisper(job.account_id, {
    audience: null,
    userId: job.user_id,
    frame: { type: 'bulk', job: presentBulk(job) },
  })
}
