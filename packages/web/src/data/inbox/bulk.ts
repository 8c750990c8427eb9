import type { BulkJob, BulkJobId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'

/** Keys that begin as the topic does: the end of a job has them read again. */
export const bulkKeys = {
  job: (id: BulkJobId) => ['bulk', id] as const,
  running: ['bulk', 'running'] as const,
}

export const isOver = ({ phase }: BulkJob): boolean => phase === 'done' || phase === 'undone'

const PHASES: readonly BulkJob['phase'][] = ['collecting', 'running', 'done', 'undoing', 'undone']

/** True of two tellings of one job: it never goes back. */
function isBehind(told: BulkJob, held: BulkJob): boolean {
  const phases = PHASES.indexOf(told.phase) - PHASES.indexOf(held.phase)
  return phases < 0 || (phases === 0 && told.handled + told.restored < held.handled + held.restored)
}

/**
 * How far a job is: in the list of those under way, and wherever it is watched. The answer to whoever began it may come behind what
 * the stream tells of it, its end included. Answers how far it is by all that is known.
 */
export function hearBulk(client: QueryClient, told: BulkJob): BulkJob {
  const held = client.getQueryData<BulkJob>(bulkKeys.job(told.id))
  const job = held && isBehind(told, held) ? held : told
  client.setQueryData<BulkJob>(bulkKeys.job(job.id), job)
  client.setQueryData<BulkJob[]>(bulkKeys.running, (jobs) => {
    const others = (jobs ?? []).filter(({ id }) => id !== job.id)
    return isOver(job) ? others : [...others, job]
  })
  return job
}
