import type { ContactDetails } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { tasksOfQuery } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { addTask } from '../../data/tasks/act-on-task.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TaskForm } from '../../parts/tasks/TaskForm.tsx'
import { TaskRow } from '../../parts/tasks/TaskRow.tsx'
import { Section } from './Section.tsx'

/** What is to be done about somebody. */
export function Tasks({ contact }: { contact: ContactDetails }) {
  const client = useQueryClient()
  const { rights } = useMe()
  const query = useQuery(tasksOfQuery(contact.id))
  const [isAdding, setAdding] = useState(false)
  return (
    <Section
      title={t('contacts.tasks')}
      action={
        rights.tasks.edit !== 'none' && !isAdding ? (
          <Button size="sm" look="ghost" onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden="true" />
            {t('task.new')}
          </Button>
        ) : undefined
      }
    >
      {isAdding && (
        <TaskForm
          onSave={(wish) => addTask(client, { ...wish, contactId: contact.id })}
          onClose={() => setAdding(false)}
        />
      )}
      {query.data ? (
        query.data.length === 0 ? (
          <p className="text-ink-3">{t('contacts.noTasks')}</p>
        ) : (
          <ul>
            {query.data.map((task) => (
              <li key={task.id}>
                <TaskRow
                  task={task}
                  about={task.lead ? <bdi className="text-xs text-ink-3">{task.lead.title}</bdi> : undefined}
                />
              </li>
            ))}
          </ul>
        )
      ) : query.isError ? (
        <ProblemLine title={t('contacts.partFailed')} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={2} />
      )}
    </Section>
  )
}
