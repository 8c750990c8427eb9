import type { ReactNode } from 'react'
import type { useTasks } from '../../data/tasks/task-queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useTaskSearch } from './use-task-search.ts'

interface Props {
  query: ReturnType<typeof useTasks>['query']
  isEmpty: boolean
  onAdd: () => void
  children: ReactNode
}

/** Loading, failed and empty; else the children. */
export function TaskStates({ query, isEmpty, onAdd, children }: Props) {
  const { search, change } = useTaskSearch()
  if (query.isPending) return <SkeletonRows count={8} height={56} />
  if (query.isError && !query.data)
    return <Problem title={t('tasks.failed')} error={query.error} onRetry={() => void query.refetch()} />
  if (!isEmpty) return children
  if (search.who !== undefined || search.kind !== undefined)
    return (
      <Notice title={t('tasks.noneHere')} hint={t('tasks.noneHereHint')}>
        <Button onClick={() => change({ who: undefined, kind: undefined })}>{t('parts.clearFilters')}</Button>
      </Notice>
    )
  if (search.view === 'done') return <Notice title={t('tasks.noneDone')} hint={t('tasks.noneDoneHint')} />
  return (
    <Notice title={t('tasks.empty')} hint={t('tasks.emptyHint')}>
      <Button onClick={onAdd}>{t('tasks.add')}</Button>
    </Notice>
  )
}
