import type { Logger } from 'pino'
import type { DeliveryDeps } from '../domain/deliveries/delivery-deps.ts'
import type { Settlement } from '../domain/deliveries/lane.ts'
import { type SettledLane, settleBatch } from '../domain/deliveries/settle-batch.ts'
import { GroupCommit } from '../lib/group-commit.ts'
import { backOffMs } from './back-off.ts'

const MAX_BATCH = 256
/** While one waits for the disk, the next is on its way. A lane is in one batch at a time, so they do not meet. */
const AT_ONCE = 2
/** SQLSTATE classes for which the data is to blame: the same batch would fail for ever. */
const BAD_DATA = /^(21|22|23)/
/** Nothing was written: the lane stays leased, and comes up again when the lease runs out. */
const NOT_SETTLED: SettledLane = { held: false, hasMore: false }

export interface SettleQueue {
  /** Resolves after the commit. Never rejects: what cannot be written is answered as not held. */
  settle(settlement: Settlement): Promise<SettledLane>
}

/** What ends while a commit is in flight is settled by the next one. Survives a database that is away until `stopped`. */
export function createSettleQueue(deps: DeliveryDeps & { log: Logger }, stopped: AbortSignal): SettleQueue {
  const commits = Array.from(
    { length: AT_ONCE },
    () => new GroupCommit<Settlement, SettledLane>((batch) => settleStubbornly(deps, batch, stopped), MAX_BATCH),
  )
  return {
    settle: (settlement) => {
      const shortest = commits.reduce((least, each) => (each.waiting < least.waiting ? each : least))
      return shortest.add(settlement).catch(() => NOT_SETTLED)
    },
  }
}

async function settleStubbornly(
  deps: DeliveryDeps & { log: Logger },
  batch: readonly Settlement[],
  stopped: AbortSignal,
): Promise<readonly SettledLane[]> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await settleBatch(deps, batch)
    } catch (error) {
      deps.log.error({ err: error, deliveries: batch.length, failures }, 'deliveries could not be settled')
      if (isBadData(error)) return batch.length === 1 ? [NOT_SETTLED] : settleOneByOne(deps, batch, stopped)
      if (stopped.aborted) return batch.map(() => NOT_SETTLED)
      await deps.clock.sleep(backOffMs(failures), stopped)
    }
  }
}

/** One bad item must not fail its neighbours. */
async function settleOneByOne(
  deps: DeliveryDeps & { log: Logger },
  batch: readonly Settlement[],
  stopped: AbortSignal,
): Promise<SettledLane[]> {
  const answers: SettledLane[] = []
  for (const settlement of batch) answers.push(...(await settleStubbornly(deps, [settlement], stopped)))
  return answers
}

function isBadData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && BAD_DATA.test(error.code)
}
