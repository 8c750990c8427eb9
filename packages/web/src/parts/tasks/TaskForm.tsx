import type { Task, TaskKind, UserId } from '@parley/protocol/model'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useUsers } from '../../data/board/users.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { readFormProblem } from '../form-problem.ts'
import { SegmentedControl } from '../SegmentedControl.tsx'
import { Select } from '../Select.tsx'
import { TextArea } from '../TextArea.tsx'
import { DueField } from './DueField.tsx'
import { type Due, dueOf, presetDue } from './due.ts'
import { mayActOnTask } from './task-acts.ts'
import { TASK_ICONS, TASK_KINDS } from './task-kinds.ts'

/** What a task is to be. */
export type TaskWish = { kind: TaskKind; text: string; responsibleUserId: UserId } & Due

interface Props {
  /** Absent: a new one. */
  task?: Task
  /** Rejects when it was not saved: the form stays and says why. */
  onSave: (wish: TaskWish) => Promise<unknown>
  onClose: () => void
}

/** What is to be done, until when and by whom. ⌘Enter saves, Esc closes. */
export function TaskForm({ task, onSave, onClose }: Props) {
  const { account, user } = useMe()
  const [kind, setKind] = useState<TaskKind>(task?.kind ?? 'other')
  const [text, setText] = useState(task?.text ?? '')
  const [due, setDue] = useState<Due>(() => (task ? dueOf(task) : presetDue('tomorrow', Date.now(), account.timeZone)))
  const [responsible, setResponsible] = useState<UserId>(task?.responsible.id ?? user.id)
  const [state, setState] = useState<'idle' | 'saving' | { error: unknown }>('idle')
  const problem = readFormProblem(typeof state === 'object' ? state.error : null, ['text', 'responsibleUserId'])
  const isBlocked = state === 'saving' || text.trim() === ''

  async function save(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState('saving')
    try {
      await onSave({ kind, text: text.trim(), responsibleUserId: responsible, ...due })
      onClose()
    } catch (error) {
      setState({ error })
    }
  }
  function handleKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit()
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  return (
    <form
      aria-label={t(task ? 'task.edit' : 'task.new')}
      onSubmit={(event) => void save(event)}
      onKeyDown={handleKeyDown}
      className="my-1.5 flex flex-col gap-2.5 rounded-lg bg-sunken p-3 shadow-[inset_0_0_0_1px_var(--line)]"
    >
      <SegmentedControl
        label={t('task.kind')}
        value={kind}
        onChange={setKind}
        options={TASK_KINDS.map((value) => ({ value, label: t(`task.kinds.${value}`), icon: iconOf(value) }))}
      />
      <TextArea
        label={t('task.text')}
        value={text}
        onChange={setText}
        error={problem.fields.text}
        rows={2}
        maxLength={1000}
        autoFocus
      />
      <DueField due={due} onChange={setDue} />
      <Responsible value={responsible} onChange={setResponsible} error={problem.fields.responsibleUserId} />
      {problem.rest !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {problem.rest}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('parts.cancel')}</Button>
        <Button type="submit" look="primary" disabled={isBlocked}>
          {t(task ? 'task.save' : 'task.add')}
        </Button>
      </div>
    </form>
  )
}

function iconOf(kind: TaskKind) {
  const Icon = TASK_ICONS[kind]
  return <Icon size={13} aria-hidden="true" />
}

interface ResponsibleProps {
  value: UserId
  onChange: (value: UserId) => void
  error: string | undefined
}

function Responsible({ value, onChange, error }: ResponsibleProps) {
  const me = useMe()
  const users = useUsers().filter((one) => one.id === value || mayActOnTask(me, 'edit', { responsible: one }))
  return (
    <Select
      label={t('task.responsible')}
      options={users.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={String(value)}
      onChange={(id) => onChange(Number(id) as UserId)}
      error={error}
    />
  )
}
