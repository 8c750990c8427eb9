import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { Task } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { getLanguage } from '../../i18n/texts.ts'
import { Button } from '../../parts/Button.tsx'
import { format } from '../../parts/format.ts'
import { dayAfter } from '../../parts/tasks/due.ts'
import { mayActOnTask } from '../../parts/tasks/task-acts.ts'
import { TASK_ICONS } from '../../parts/tasks/task-kinds.ts'
import { UserAvatar } from '../../parts/UserAvatar.tsx'
import { dayDataOf, dragDataOf, taskOf } from './drag-task.ts'
import { namesOfDay } from './group-tasks.ts'

interface Props {
  day: string
  isToday: boolean
  /** In the order they are due. */
  tasks: readonly Task[]
  now: number
  /** Has the keyboard again where it was moved to. */
  movedId: Task['id'] | null
  onMove: (task: Task, day: string) => void
}

/** More on one day are shown when somebody asks for them. */
const MOST = 60

/** A day and what is due on it; a task is dropped on it. */
export function WeekDay({ day, isToday, tasks, now, movedId, onMove }: Props) {
  const element = useRef<HTMLElement>(null)
  const [isOver, setOver] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? tasks : tasks.slice(0, MOST)
  const { weekday, date, full } = namesOfDay(day, getLanguage())
  // Where the days stand one under the other, today is what one came for.
  useEffect(() => {
    if (isToday) element.current?.scrollIntoView({ block: 'start' })
  }, [isToday])
  useEffect(() => {
    const target = element.current
    if (!target) return
    return dropTargetForElements({
      element: target,
      canDrop: ({ source }) => taskOf(source.data) !== undefined,
      getData: () => dayDataOf(day),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [day])
  return (
    <section
      ref={element}
      aria-label={full}
      className={clsx('flex min-h-24 min-w-0 flex-col @max-3xl:min-h-14 gap-1.5 p-2', isOver && 'bg-accent-soft')}
    >
      <h3 className={clsx('px-1 text-xs font-semibold', isToday ? 'text-accent-ink' : 'text-ink-2')}>
        <span aria-hidden="true">
          {weekday} <span className={clsx('tnum', isToday && 'rounded-full bg-accent-soft px-1.5 py-0.5')}>{date}</span>
        </span>
        <span className="sr-only">{full}</span>
      </h3>
      <ul className="flex flex-col gap-1.5">
        {shown.map((task) => (
          <WeekTask
            key={task.id}
            task={task}
            now={now}
            isMoved={task.id === movedId}
            onMove={(days) => onMove(task, dayAfter(day, days))}
          />
        ))}
      </ul>
      {shown.length < tasks.length && (
        <Button size="sm" look="ghost" onClick={() => setWhole(true)}>
          {t('tasks.showAll', { count: tasks.length })}
        </Button>
      )}
    </section>
  )
}

interface TaskProps {
  task: Task
  now: number
  isMoved: boolean
  onMove: (days: number) => void
}

/** Days that Shift and an arrow move by. */
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

function WeekTask({ task, now, isMoved, onMove }: TaskProps) {
  const me = useMe()
  const element = useRef<HTMLLIElement>(null)
  const link = useRef<HTMLAnchorElement>(null)
  const mayMove = mayActOnTask(me, 'edit', task)
  const isLate = task.dueAt < now
  const Icon = TASK_ICONS[task.kind]
  const latest = useRef(task)
  useEffect(() => {
    latest.current = task
  })
  useEffect(() => {
    if (!element.current || !mayMove) return
    return draggable({ element: element.current, getInitialData: () => dragDataOf(latest.current) })
  }, [mayMove])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, where it comes to stand
  useEffect(() => {
    if (isMoved) link.current?.focus()
  }, [])
  function handleKeyDown(event: KeyboardEvent) {
    const days = STEPS[event.key]
    if (!mayMove || !event.shiftKey || days === undefined) return
    event.preventDefault()
    onMove(days)
  }
  return (
    <li ref={element} className="rounded-md border border-line bg-surface shadow-card hover:bg-hover dark:bg-raised">
      <Link
        ref={link}
        to="/tasks"
        search={(before) => ({ ...before, task: task.id })}
        draggable={false}
        onKeyDown={handleKeyDown}
        aria-keyshortcuts={mayMove ? 'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown' : undefined}
        className="block rounded-md p-2"
      >
        <span className="flex items-start gap-1.5">
          <Icon size={13} aria-hidden="true" className="mt-[3px] shrink-0 text-ink-3" />
          <span className="sr-only">{t(`task.kinds.${task.kind}`)}:</span>
          <bdi className="line-clamp-3 min-w-0 flex-1 [overflow-wrap:anywhere]">{task.text}</bdi>
        </span>
        <span className="mt-1 flex items-center gap-1.5 text-xs text-ink-3">
          <span className={clsx('tnum', isLate && 'font-medium text-bad')}>
            {isLate && `${t('task.late')} `}
            {task.dueOn === null ? format.time(task.dueAt) : t('tasks.allDay')}
          </span>
          <span className="ms-auto shrink-0">
            <UserAvatar user={task.responsible} size={16} />
          </span>
        </span>
        {(task.lead ?? task.contact) && (
          <bdi className="mt-0.5 block truncate text-xs text-ink-3">{task.lead?.title ?? task.contact?.name}</bdi>
        )}
      </Link>
    </li>
  )
}
