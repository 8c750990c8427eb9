import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { useMe } from '../../../data/queries.ts'
import { addTask } from '../../../data/tasks/act-on-task.ts'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../IconButton.tsx'
import { TaskForm } from '../../tasks/TaskForm.tsx'
import { TaskRow } from '../../tasks/TaskRow.tsx'
import { Part } from './Part.tsx'
import { useTaskAsk } from './task-ask.ts'

/** What is to be done next, the most urgent first. */
export function LeadTasks({ lead }: { lead: HeldDetails }) {
  const client = useQueryClient()
  const me = useMe()
  const [isAdding, setAdding] = useState(false)
  const asked = useTaskAsk((state) => state.leadId === lead.id)
  useEffect(() => {
    if (!asked) return
    setAdding(true)
    useTaskAsk.setState({ leadId: null })
  }, [asked])
  const mayAdd = me.rights.tasks.edit !== 'none'
  return (
    <Part
      title={t('card.nextStep')}
      action={
        mayAdd && (
          <IconButton label={t('task.new')} keys="T" onClick={() => setAdding(true)} className="size-7!">
            <Plus />
          </IconButton>
        )
      }
    >
      {isAdding && (
        <TaskForm onSave={(wish) => addTask(client, { ...wish, leadId: lead.id })} onClose={() => setAdding(false)} />
      )}
      {lead.openTasks.length === 0 && !isAdding && <p className="text-ink-3">{t('card.noTasks')}</p>}
      <ul>
        {lead.openTasks.map((task) => (
          <li key={task.id}>
            <TaskRow task={task} isInLayer />
          </li>
        ))}
      </ul>
    </Part>
  )
}
