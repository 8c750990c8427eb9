import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { Task } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useMe } from '../../data/queries.ts'
import type { TaskWish } from '../../data/tasks/task-keys.ts'
import { useTasks } from '../../data/tasks/task-queries.ts'
import { t } from '../../i18n/t.ts'
import { getLanguage } from '../../i18n/texts.ts'
import { Button } from '../../parts/Button.tsx'
import { groupBy } from '../../parts/group-by.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { dayAfter } from '../../parts/tasks/due.ts'
import { moveWithUndo } from '../../parts/tasks/move-task.ts'
import { useNow } from '../../parts/use-now.ts'
import { dayOf, taskOf } from './drag-task.ts'
import { boundsOf, dayOfTask, movedTo, nameOfWeek, ownDay, weekOf } from './group-tasks.ts'
import { TaskStates } from './TaskStates.tsx'
import { useTaskSearch } from './use-task-search.ts'
import { WeekDay } from './WeekDay.tsx'

interface Props {
  wish: TaskWish
  onAdd: () => void
}

/** Seven days side by side, on a phone one under the other. A task is dragged to another day, or moved there by keys. */
export function Week({ wish, onAdd }: Props) {
  const client = useQueryClient()
  const me = useMe()
  const { search, change } = useTaskSearch()
  const now = useNow()
  const today = ownDay(now, me.account.timeZone)
  const days = weekOf(search.day ?? today)
  const { query, tasks } = useWholeWeek({ ...wish, isDone: false, ...boundsOf(days) })
  const byDay = useMemo(() => new Map(groupBy(tasks, dayOfTask)), [tasks])
  const [moved, setMoved] = useState<Task['id'] | null>(null)

  function move(task: Task, day: string) {
    if (day === dayOfTask(task)) return
    setMoved(task.id)
    if (!weekOf(day).includes(days[0]!)) change({ day })
    void moveWithUndo(client, task, movedTo(task, day), me)
  }
  useDrops(move)

  return (
    <>
      <WeekHead days={days} today={today} onGo={(day) => change({ day: day === today ? undefined : day })} />
      <TaskStates query={query} isEmpty={false} onAdd={onAdd}>
        <div
          data-pane
          className="grid min-h-0 flex-1 grid-cols-7 divide-x divide-line overflow-y-auto @max-3xl:auto-rows-max @max-3xl:grid-cols-1 @max-3xl:divide-x-0 @max-3xl:divide-y"
        >
          {days.map((day) => (
            <WeekDay
              key={day}
              day={day}
              isToday={day === today}
              tasks={byDay.get(day) ?? []}
              now={now}
              movedId={moved}
              onMove={move}
            />
          ))}
        </div>
      </TaskStates>
    </>
  )
}

/** A week is shown as a whole: every page of it. */
function useWholeWeek(wish: TaskWish) {
  const { query, tasks } = useTasks(wish)
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  return { query, tasks }
}

function useDrops(onMove: (task: Task, day: string) => void): void {
  const latest = useRef(onMove)
  useEffect(() => {
    latest.current = onMove
  })
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => taskOf(source.data) !== undefined,
        onDrop: ({ source, location }) => {
          const [task, day] = [taskOf(source.data), dayOf(location.current.dropTargets[0]?.data)]
          if (task && day !== undefined) latest.current(task, day)
        },
      }),
    [],
  )
}

interface HeadProps {
  days: readonly string[]
  today: string
  onGo: (day: string) => void
}

function WeekHead({ days, today, onGo }: HeadProps) {
  const [monday = today] = days
  return (
    <div className="flex shrink-0 items-center gap-1 border-b border-line px-3 py-1.5">
      <IconButton label={t('tasks.weekBefore')} onClick={() => onGo(dayAfter(monday, -7))}>
        <ChevronLeft className="rtl:-scale-x-100" />
      </IconButton>
      <IconButton label={t('tasks.weekAfter')} onClick={() => onGo(dayAfter(monday, 7))}>
        <ChevronRight className="rtl:-scale-x-100" />
      </IconButton>
      <h2 aria-live="polite" className="tnum px-1 font-semibold">
        {nameOfWeek(days, getLanguage())}
      </h2>
      {!days.includes(today) && (
        <Button size="sm" look="ghost" onClick={() => onGo(today)} className="ms-auto">
          {t('tasks.thisWeek')}
        </Button>
      )}
    </div>
  )
}
