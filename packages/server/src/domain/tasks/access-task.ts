import type { RightAct, TaskId, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'

const selectOwner = statementsOf('tasks')(
  'owner',
  'select responsible_user_id from task where account_id = $1 and id = $2',
)

const DOING: Record<Exclude<RightAct, 'view'>, string> = { edit: 'change', delete: 'delete', export: 'export' }

/**
 * The way in to a task; also to one that was deleted, which the caller tells apart.
 * Answers the id, now known to be the viewer's to use.
 * @throws {AppError} `not_found`: no such task in this account, or not for this viewer; `forbidden`: may be seen, not more
 */
export async function accessTask(pool: Runner, viewer: Viewer, id: TaskId, act: RightAct = 'view'): Promise<TaskId> {
  const [row] = await run<{ responsible_user_id: UserId }>(pool, selectOwner, [viewer.account.id, id])
  if (!row || !covers(ownersFor(viewer, 'tasks'), row.responsible_user_id))
    throw new AppError('not_found', 'There is no such task in this account.')
  if (act !== 'view' && !covers(ownersFor(viewer, 'tasks', act), row.responsible_user_id))
    throw new AppError('forbidden', `Your role does not let you ${DOING[act]} this task. An admin can change that.`)
  return id
}

/** @throws {AppError} `forbidden`: his role does not let him give somebody a task */
export function mayGiveTask(viewer: Viewer, userId: UserId): void {
  if (covers(ownersFor(viewer, 'tasks', 'edit'), userId)) return
  throw new AppError('forbidden', 'Your role does not let you give a task to this user. An admin can change that.', {
    details: { field: 'responsibleUserId' },
  })
}
