import type { Task } from '@parley/protocol/model'
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { useEffect, useMemo, useRef } from 'react'
import { useMe } from '../../data/queries.ts'
import type { TaskWish } from '../../data/tasks/task-keys.ts'
import { useTasks } from '../../data/tasks/task-queries.ts'
import { t } from '../../i18n/t.ts'
import { number } from '../../parts/format.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { TaskRow } from '../../parts/tasks/TaskRow.tsx'
import { useNow } from '../../parts/use-now.ts'
import { type ListRow, type TaskGroup, toRows } from './group-tasks.ts'
import { TaskAbout } from './TaskAbout.tsx'
import { TaskStates } from './TaskStates.tsx'

/** Rows from the end at which the next page is asked for. */
const AHEAD = 20
const HEAD_HEIGHT = 40
const ROW_HEIGHT = 64

interface Props {
  wish: TaskWish
  onAdd: () => void
}

/** As many as there are: only those in view are drawn. What is done has no heads, and the last one is the first. */
export function TaskList({ wish, onAdd }: Props) {
  const { query, tasks } = useTasks(wish)
  const { account } = useMe()
  const now = useNow()
  const rows = useMemo(
    () => (wish.isDone ? tasks.map((task): ListRow => ({ kind: 'task', task })) : toRows(tasks, now, account.timeZone)),
    [tasks, now, account.timeZone, wish.isDone],
  )
  return (
    <TaskStates query={query} isEmpty={tasks.length === 0} onAdd={onAdd}>
      <Rows rows={rows} query={query} />
    </TaskStates>
  )
}

function Rows({ rows, query }: { rows: readonly ListRow[]; query: ReturnType<typeof useTasks>['query'] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(rows[index]!),
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD_HEIGHT : ROW_HEIGHT),
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const lastDrawn = items.at(-1)?.index ?? 0
  useEffect(() => {
    const isNear = lastDrawn > rows.length - AHEAD
    if (isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [lastDrawn, rows.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  return (
    <section
      ref={scroller}
      data-pane
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={t('tasks.title')}
      className="min-h-0 flex-1 overflow-y-auto -outline-offset-2 [overflow-anchor:none]"
    >
      <ul
        aria-busy={isFetchingNextPage}
        className="relative mx-auto max-w-3xl"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ key, index, start }) => {
          const row = rows[index]!
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className="absolute inset-x-0 px-3 focus-within:z-10"
              style={{ transform: `translateY(${start}px)` }}
            >
              {row.kind === 'head' ? <Head {...row} hasMore={hasNextPage} /> : <Row task={row.task} />}
            </li>
          )
        })}
      </ul>
      {isFetchNextPageError && <ProblemLine title={t('tasks.failed')} onRetry={() => void fetchNextPage()} />}
    </section>
  )
}

const keyOf = (row: ListRow) => (row.kind === 'head' ? row.group : row.task.id)

function Head({ group, count, hasMore }: { group: TaskGroup; count: number; hasMore: boolean }) {
  // Groups come one after another: only of the last one there may be more than are loaded.
  const isAtLeast = hasMore && group === 'later'
  return (
    <h2
      className={clsx(
        'flex items-baseline gap-2 px-1 pt-4 pb-1.5 text-xs font-semibold',
        group === 'late' ? 'text-bad' : 'text-ink-2',
      )}
    >
      {t(`tasks.groups.${group}`)}
      <span className="tnum font-medium text-ink-3">
        {number(count)}
        {isAtLeast && '+'}
      </span>
    </h2>
  )
}

function Row({ task }: { task: Task }) {
  return (
    <div className="border-b border-line px-1 py-0.5">
      <TaskRow task={task} about={<TaskAbout task={task} />} />
    </div>
  )
}
