import type { BulkJob, BulkJobId, ChatAction } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useUsers } from '../../../data/board/users.ts'
import { userName } from '../../../data/inbox/account.ts'
import { bulkKeys, isOver } from '../../../data/inbox/bulk.ts'
import { getBulk, listBulk } from '../../../data/inbox/endpoints.ts'
import { type TextKey, t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { number } from '../../../parts/format.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { takeBack, tellEnd, useAwaited } from './use-act.ts'

/** What goes on in the background, with its progress; its end is told by a toast. */
export function BulkJobs() {
  const awaited = useAwaited((state) => state.ids)
  // After a reload, too.
  const { data: running } = useQuery({
    queryKey: bulkKeys.running,
    queryFn: async ({ signal }): Promise<BulkJob[]> => (await listBulk(signal)).items,
  })
  const ids = [...new Set([...awaited, ...(running ?? []).map((job) => job.id)])]
  return (
    <div role="status" className="shrink-0">
      {ids.map((id) => (
        <Job key={id} id={id} isAwaited={awaited.includes(id)} />
      ))}
    </div>
  )
}

const NAMES: Record<ChatAction['type'], TextKey> = {
  close: 'act.close',
  reopen: 'act.reopen',
  snooze: 'act.snooze',
  wake: 'act.wake',
  read: 'act.read',
  unread: 'act.unread',
  mute: 'act.mute',
  unmute: 'act.unmute',
  assign: 'act.assign',
  tag: 'act.tag',
  untag: 'act.tag',
}

function Job({ id, isAwaited }: { id: BulkJobId; isAwaited: boolean }) {
  const client = useQueryClient()
  const users = useUsers()
  const { data: job } = useQuery({
    queryKey: bulkKeys.job(id),
    queryFn: async ({ signal }): Promise<BulkJob> => (await getBulk(id, signal)).job,
  })
  const hasEnded = job !== undefined && isOver(job)
  useEffect(() => {
    if (hasEnded && isAwaited) tellEnd(client, job, (userId) => userName(users, userId) ?? '')
  }, [hasEnded, isAwaited, client, job, users])
  function stop() {
    takeBack(client, id, (userId) => userName(users, userId) ?? '').catch((error: unknown) =>
      toast({ tone: 'bad', text: t('act.failed', { reason: reasonOf(error) }) }),
    )
  }
  if (!job || hasEnded) return null
  const isUndoing = job.phase === 'undoing'
  const done = isUndoing ? job.restored : job.handled
  const total = isUndoing ? job.changed : job.total
  return (
    <div className="flex items-center gap-2 border-t border-line bg-surface ps-3.5 pe-2 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="tnum truncate text-xs">{describe(job, done, total)}</p>
        <progress
          aria-label={t('act.progress')}
          value={done}
          max={Math.max(1, total)}
          className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-press [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-press [&::-webkit-progress-value]:bg-accent"
        />
      </div>
      {!isUndoing && (
        <Button size="sm" look="ghost" onClick={stop}>
          {t('act.stop')}
        </Button>
      )}
    </div>
  )
}

function describe({ phase, action }: BulkJob, done: number, total: number): string {
  const what = t(NAMES[action.type])
  if (phase === 'collecting') return t('act.collecting', { what })
  const values = { what, done: number(done), total: number(total) }
  return t(phase === 'undoing' ? 'act.undoing' : 'act.working', values)
}
