import type { Task } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { CalendarClock, Circle, CircleCheck, Ellipsis, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { useMe } from '../../data/queries.ts'
import { saveTask } from '../../data/tasks/act-on-task.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { IconButton } from '../IconButton.tsx'
import { MenuButton } from '../MenuButton.tsx'
import { MenuGroup, MenuItem } from '../MenuItems.tsx'
import { TextField } from '../TextField.tsx'
import { UserAvatar } from '../UserAvatar.tsx'
import { useNow } from '../use-now.ts'
import { DUE_PRESETS, presetDue, showDue } from './due.ts'
import { moveWithUndo } from './move-task.ts'
import { TaskForm } from './TaskForm.tsx'
import { finishWithUndo, mayActOnTask, removeWithUndo, reopenAndSay } from './task-acts.ts'
import { TASK_ICONS } from './task-kinds.ts'

interface Props {
  task: Task
  /** Below the text: what it is about, where that is not plain from the place. */
  about?: ReactNode
  /** It stands in a dialog or a sheet. */
  isInLayer?: boolean
}

/** A task where it stands: it is done with what came of it, changed and deleted here. */
export function TaskRow({ task, about, isInLayer = false }: Props) {
  const client = useQueryClient()
  const me = useMe()
  const [doing, setDoing] = useState<'nothing' | 'finish' | 'edit'>('nothing')
  const isDone = task.doneAt !== null
  const mayEdit = mayActOnTask(me, 'edit', task)
  const rest = () => setDoing('nothing')

  if (doing === 'edit') return <TaskForm task={task} onSave={(wish) => saveTask(client, task, wish)} onClose={rest} />
  return (
    <div className="group flex items-start gap-2 py-1.5">
      <IconButton
        label={t(isDone ? 'task.reopenNamed' : 'task.doneNamed', { text: task.text })}
        disabled={!mayEdit}
        aria-expanded={isDone ? undefined : doing === 'finish'}
        onClick={() => (isDone ? void reopenAndSay(client, task) : setDoing(doing === 'finish' ? 'nothing' : 'finish'))}
        className={clsx('size-6! disabled:opacity-60', isDone && 'text-ok!')}
      >
        {isDone ? <CircleCheck /> : <Circle />}
      </IconButton>
      <div className="min-w-0 flex-1">
        <p
          className={clsx(
            'flex items-start gap-1.5 leading-6 [overflow-wrap:anywhere]',
            isDone && 'text-ink-3 line-through',
          )}
        >
          <KindIcon task={task} />
          <bdi>{task.text}</bdi>
        </p>
        <DueLine task={task} />
        {about}
        {task.result !== null && (
          <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
            {t('task.result')} <bdi>{task.result}</bdi>
          </p>
        )}
        {doing === 'finish' && <Result task={task} onClose={rest} />}
      </div>
      <TaskMenu task={task} isInLayer={isInLayer} onEdit={() => setDoing('edit')} />
    </div>
  )
}

function KindIcon({ task: { kind } }: { task: Task }) {
  const Icon = TASK_ICONS[kind]
  return (
    <>
      <Icon size={14} aria-hidden="true" className="mt-[5px] shrink-0 text-ink-3" />
      <span className="sr-only">{t(`task.kinds.${kind}`)}:</span>
    </>
  )
}

function DueLine({ task }: { task: Task }) {
  const { account } = useMe()
  const now = useNow()
  const isLate = task.doneAt === null && task.dueAt < now
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-ink-3">
      <span className={clsx('tnum', isLate && 'font-medium text-bad')}>
        {isLate && `${t('task.late')} `}
        {showDue(task, now, account.timeZone)}
      </span>
      <span aria-hidden="true">·</span>
      <span className="flex min-w-0 items-center gap-1">
        <UserAvatar user={task.responsible} size={14} />
        <bdi className="truncate">{task.responsible.name}</bdi>
      </span>
    </p>
  )
}

/** What came of it may be said, and need not be. */
function Result({ task, onClose }: { task: Task; onClose: () => void }) {
  const client = useQueryClient()
  const [result, setResult] = useState('')
  const [isBusy, setBusy] = useState(false)

  async function finish(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    if (await finishWithUndo(client, task, result.trim() === '' ? undefined : result)) onClose()
    else setBusy(false)
  }
  function handleKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  return (
    <form onSubmit={(event) => void finish(event)} onKeyDown={handleKeyDown} className="mt-1.5 flex items-center gap-2">
      <TextField
        label={t('task.whatCame')}
        isLabelHidden
        placeholder={t('task.whatCame')}
        value={result}
        onChange={setResult}
        maxLength={20_000}
        autoFocus
        className="flex-1"
      />
      <Button type="submit" look="primary" disabled={isBusy}>
        {t('task.done')}
      </Button>
    </form>
  )
}

function TaskMenu({ task, isInLayer, onEdit }: { task: Task; isInLayer: boolean; onEdit: () => void }) {
  const client = useQueryClient()
  const me = useMe()
  const [mayEdit, mayDelete] = [mayActOnTask(me, 'edit', task), mayActOnTask(me, 'delete', task)]
  if (!mayEdit && !mayDelete) return null
  return (
    <MenuButton
      align="end"
      isInLayer={isInLayer}
      trigger={
        <IconButton label={t('task.actions', { text: task.text })} className="size-7!">
          <Ellipsis />
        </IconButton>
      }
    >
      {mayEdit && (
        <MenuItem icon={<Pencil size={15} />} onClick={onEdit}>
          {t('task.edit')}
        </MenuItem>
      )}
      {mayEdit && task.doneAt === null && (
        <MenuGroup label={t('task.move')}>
          {DUE_PRESETS.map((preset) => (
            <MenuItem
              key={preset}
              icon={<CalendarClock size={15} />}
              onClick={() => void moveWithUndo(client, task, presetDue(preset, Date.now(), me.account.timeZone), me)}
            >
              {t(`task.due.${preset}`)}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {mayEdit && task.doneAt !== null && (
        <MenuItem icon={<RotateCcw size={15} />} onClick={() => void reopenAndSay(client, task)}>
          {t('task.reopen')}
        </MenuItem>
      )}
      {mayDelete && (
        <MenuItem icon={<Trash2 size={15} />} isDangerous onClick={() => void removeWithUndo(client, task)}>
          {t('task.remove')}
        </MenuItem>
      )}
    </MenuButton>
  )
}
