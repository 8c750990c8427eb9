import { useQueryClient } from '@tanstack/react-query'
import { CalendarDays, CircleCheck, List, Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../data/queries.ts'
import { addTask } from '../../data/tasks/act-on-task.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { TaskForm } from '../../parts/tasks/TaskForm.tsx'
import { toast } from '../../parts/toast.ts'
import { useTitle } from '../../shell/use-title.ts'
import { OpenTask } from './OpenTask.tsx'
import { TaskFilters } from './TaskFilters.tsx'
import { TaskList } from './TaskList.tsx'
import { useTaskSearch } from './use-task-search.ts'
import { Week } from './Week.tsx'

/** What is to be done: late, today and later, or day by day. */
export function Tasks() {
  useTitle(t('tasks.title'))
  const { rights } = useMe()
  if (rights.tasks.view === 'none')
    return (
      <SceneFrame title={t('tasks.title')}>
        <Notice title={t('tasks.notYours')} hint={t('error.noPermission')} />
      </SceneFrame>
    )
  return <Scene />
}

function Scene() {
  const { rights } = useMe()
  const { search, wish, change } = useTaskSearch()
  const [isAdding, setAdding] = useState(false)
  const mayAdd = rights.tasks.edit !== 'none'
  const add = () => mayAdd && setAdding(true)
  useShortcuts([{ keys: 't', label: 'tasks.add', group: 'tasks', run: add }])
  return (
    <SceneFrame
      title={t('tasks.title')}
      beside={
        <SegmentedControl
          label={t('tasks.view')}
          value={search.view ?? 'list'}
          onChange={(view) => change({ view: view === 'list' ? undefined : view })}
          options={[
            { value: 'list', label: t('tasks.list'), icon: <List size={14} aria-hidden="true" /> },
            { value: 'week', label: t('tasks.week'), icon: <CalendarDays size={14} aria-hidden="true" /> },
            { value: 'done', label: t('tasks.done'), icon: <CircleCheck size={14} aria-hidden="true" /> },
          ]}
        />
      }
      actions={
        mayAdd && (
          <Button look="primary" onClick={add}>
            <Plus size={15} aria-hidden="true" />
            <span className="@max-lg:sr-only">{t('tasks.add')}</span>
          </Button>
        )
      }
      toolbar={<TaskFilters />}
      isFixed
    >
      {search.view === 'week' ? <Week wish={wish} onAdd={add} /> : <TaskList wish={wish} onAdd={add} />}
      {isAdding && <NewTask onClose={() => setAdding(false)} />}
      {search.task !== undefined && (
        <OpenTask key={search.task} id={search.task} onClose={() => change({ task: undefined })} />
      )}
    </SceneFrame>
  )
}

function NewTask({ onClose }: { onClose: () => void }) {
  const client = useQueryClient()
  return (
    <Dialog isOpen isKept onClose={onClose} title={t('tasks.add')}>
      <TaskForm
        onSave={async (wish) => {
          const { text } = await addTask(client, wish)
          toast({ text: t('tasks.added', { text }) })
        }}
        onClose={onClose}
      />
    </Dialog>
  )
}
