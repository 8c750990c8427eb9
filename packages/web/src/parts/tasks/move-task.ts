import type { Me, Task } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { saveTask } from '../../data/tasks/act-on-task.ts'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'
import { type Due, dueOf, showDue } from './due.ts'

/** Puts a task off, or forward; what was before can be had again. */
export async function moveWithUndo(client: QueryClient, task: Task, due: Due, { account }: Me): Promise<void> {
  try {
    const moved = await saveTask(client, task, due)
    const when = showDue(moved, Date.now(), account.timeZone)
    toast({ text: t('task.moved', { when }), undo: () => saveTask(client, task, dueOf(task)) })
  } catch (error) {
    toast({ tone: 'bad', text: t('task.failed', { reason: reasonOf(error) }) })
  }
}
