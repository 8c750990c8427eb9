import type { TaskId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { ApiRefusal } from '../../data/api.ts'
import { useConnection } from '../../data/connection.ts'
import { taskQuery } from '../../data/tasks/task-queries.ts'
import { t } from '../../i18n/t.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TaskRow } from '../../parts/tasks/TaskRow.tsx'
import { TaskAbout } from './TaskAbout.tsx'

/** The one task a link or a notification leads to, whatever the list shows. */
export function OpenTask({ id, onClose }: { id: TaskId; onClose: () => void }) {
  return (
    <Dialog isOpen onClose={onClose} title={t('tasks.one')} size="md">
      <Body id={id} />
    </Dialog>
  )
}

function Body({ id }: { id: TaskId }) {
  const enabled = useConnection((state) => state.canRead)
  const query = useQuery({ ...taskQuery(id), enabled })
  if (query.data) return <TaskRow task={query.data} about={<TaskAbout task={query.data} />} isInLayer />
  if (query.isPending) return <SkeletonRows count={2} height={32} />
  const isGone = query.error instanceof ApiRefusal && query.error.status === 404
  if (isGone) return <Notice title={t('tasks.gone')} hint={t('tasks.goneHint')} />
  return <Problem title={t('tasks.failed')} error={query.error} onRetry={() => void query.refetch()} />
}
