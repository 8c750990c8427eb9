import type { BulkJob, BulkJobId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'

/** Keys that begin as the topic does: the end of a job has them read again. */
export const bulkKeys = {
  job: (id: BulkJobId) => ['bulk', id] as const,
  running: ['bulk', 'running'] as const,
}

export const isOver = ({ phase }: BulkJob): boolean => phase === 'done' || phase === 'undone'

/** How far a job is: in the list of those under way, and wherever it is watched. */
export function hearBulk(client: QueryClient, job: BulkJob): void {
  client.setQueryData<BulkJob>(bulkKeys.job(job.id), job)
  client.setQueryData<BulkJob[]>(bulkKeys.running, (jobs) => {
    const others = (jobs ?? []).filter(({ id }) => id !== job.id)
    return isOver(job) ? others : [...others, job]
  })
}
