import type { Me, RightAct, Task } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { endTask, removeTask, reopenTask, restoreTask } from '../../data/tasks/act-on-task.ts'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'

/** Whether a role lets somebody do this with a task; who is in one's group only the server knows, so there it is offered. */
export function mayActOnTask({ rights, user }: Me, act: RightAct, { responsible }: Pick<Task, 'responsible'>): boolean {
  const reach = rights.tasks[act]
  if (reach === 'all' || reach === 'group') return true
  return reach === 'own' && responsible.id === user.id
}

/** Answers whether it is done. */
export async function finishWithUndo(client: QueryClient, task: Task, result?: string): Promise<boolean> {
  return told(endTask(client, task, result), {
    done: t('task.finished', { text: task.text }),
    undo: () => reopenTask(client, task),
  })
}

export const reopenAndSay = (client: QueryClient, task: Task): Promise<boolean> => told(reopenTask(client, task))

export async function removeWithUndo(client: QueryClient, task: Task): Promise<boolean> {
  return told(removeTask(client, task), {
    done: t('task.removed', { text: task.text }),
    undo: () => restoreTask(client, task),
  })
}

async function told(work: Promise<unknown>, said?: { done: string; undo: () => Promise<unknown> }): Promise<boolean> {
  try {
    await work
    if (said) toast({ text: said.done, undo: said.undo })
    return true
  } catch (error) {
    toast({ tone: 'bad', text: t('task.failed', { reason: reasonOf(error) }) })
    return false
  }
}
