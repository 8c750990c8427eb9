import type {
  AccountId,
  ChangeTaskRequest,
  ChatId,
  ContactId,
  LeadId,
  NewTaskRequest,
  Task,
  TaskId,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { holdContact } from '../contacts/hold-contacts.ts'
import type { Deps } from '../deps.ts'
import { aboutEach, listChatsOf } from '../leads/about-each.ts'
import { checkResponsible } from '../users/check-responsible.ts'
import type { Viewer } from '../users/viewer.ts'
import { dueTimes, ringAfter } from './due-times.ts'
import { getTask } from './task-queries.ts'

type TaskDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/**
 * The caller has asked whether the lead, contact and chat are the viewer's to see, and whether he may give the user a task.
 * @throws {AppError} `invalid_request`
 */
export async function createTask(deps: TaskDeps, viewer: Viewer, given: NewTaskRequest): Promise<Task> {
  const accountId = viewer.account.id
  const responsible = (given.responsibleUserId ?? viewer.user.id) as UserId
  const id = await deps.db.transaction().execute(async (tx) => {
    await checkResponsible(tx, accountId, responsible)
    if (given.contactId !== undefined) await holdContact(tx, accountId, given.contactId as ContactId)
    const row = await tx
      .insertInto('task')
      .values({
        account_id: accountId,
        kind: given.kind ?? 'other',
        text: given.text,
        ...(await dueTimes(tx, whereIs(deps, viewer), given)),
        lead_id: (given.leadId ?? null) as LeadId | null,
        contact_id: (given.contactId ?? null) as ContactId | null,
        chat_id: (given.chatId?.toLowerCase() ?? null) as ChatId | null,
        responsible_user_id: responsible,
        given_by: viewer.user.id,
        created_by: viewer.user.id,
        created_at: deps.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tellOf(tx, viewer, { id: row.id, lead_id: (given.leadId ?? null) as LeadId | null })
    return row.id
  })
  deps.nudge(accountId)
  return getTask(deps.hotPool, accountId, id)
}

/** @throws {AppError} `not_found`; `invalid_request` */
export async function changeTask(deps: TaskDeps, viewer: Viewer, id: TaskId, given: ChangeTaskRequest): Promise<Task> {
  await changing(deps, viewer, id, async (tx, task) => {
    await checkResponsible(tx, viewer.account.id, given.responsibleUserId)
    const { kind, text, dueAt, dueOn, responsibleUserId } = given
    return {
      kind: kind ?? task.kind,
      ...(text !== undefined && { text }),
      ...((dueAt !== undefined || dueOn !== undefined) && (await dueTimes(tx, whereIs(deps, viewer), given))),
      ...(responsibleUserId !== undefined &&
        responsibleUserId !== task.responsible_user_id && {
          responsible_user_id: responsibleUserId as UserId,
          given_by: viewer.user.id,
        }),
    }
  })
  return getTask(deps.hotPool, viewer.account.id, id)
}

/** Safe to repeat: who did it first did it. @throws {AppError} `not_found` */
export async function finishTask(deps: TaskDeps, viewer: Viewer, id: TaskId, result?: string): Promise<Task> {
  await changing(deps, viewer, id, async (_, task) => ({
    done_at: task.done_at ?? deps.clock.now(),
    done_by: task.done_at === null ? viewer.user.id : task.done_by,
    ...(result !== undefined && { result: result.trim() === '' ? null : result.trim() }),
  }))
  return getTask(deps.hotPool, viewer.account.id, id)
}

/** @throws {AppError} `not_found` */
export async function reopenTask(deps: TaskDeps, viewer: Viewer, id: TaskId): Promise<Task> {
  await changing(deps, viewer, id, async (_, task) => ({
    done_at: null,
    done_by: null,
    result: null,
    ring_at: ringAfter(task.ring_at, deps.clock.now()),
  }))
  return getTask(deps.hotPool, viewer.account.id, id)
}

/** @throws {AppError} `not_found` */
export async function deleteTask(deps: TaskDeps, viewer: Viewer, id: TaskId): Promise<void> {
  await changing(deps, viewer, id, async () => ({ deleted_at: deps.clock.now() }))
}

/** Undoes a deletion; safe to repeat. @throws {AppError} `not_found` */
export async function restoreTask(deps: TaskDeps, viewer: Viewer, id: TaskId): Promise<Task> {
  const plan = async (_: Tx, task: TaskRow) => ({
    deleted_at: null,
    ring_at: ringAfter(task.ring_at, deps.clock.now()),
  })
  await changing(deps, viewer, id, plan, true)
  return getTask(deps.hotPool, viewer.account.id, id)
}

type TaskRow = NonNullable<Awaited<ReturnType<typeof lockTask>>>
type Changes = Partial<
  Pick<TaskRow, 'kind' | 'text' | 'due_at' | 'due_on' | 'responsible_user_id' | 'result' | 'ring_at' | 'given_by'>
> &
  Partial<Pick<TaskRow, 'done_at' | 'done_by' | 'deleted_at'>>

const whereIs = ({ clock }: Pick<Deps, 'clock'>, { account }: Viewer) => ({
  accountId: account.id,
  timeZone: account.timeZone,
  now: clock.now(),
})

async function changing(
  deps: TaskDeps,
  viewer: Viewer,
  id: TaskId,
  plan: (tx: Tx, task: TaskRow) => Promise<Changes>,
  alsoDeleted = false,
): Promise<void> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute(async (tx) => {
    const task = await lockTask(tx, accountId, id)
    if (!task || (task.deleted_at !== null && !alsoDeleted))
      throw new AppError('not_found', 'There is no such task in this account, or it was deleted.')
    const changes = await plan(tx, task)
    await tx.updateTable('task').set(changes).where('account_id', '=', accountId).where('id', '=', id).execute()
    await tellOf(tx, viewer, task)
  })
  deps.nudge(accountId)
}

async function lockTask(tx: Tx, accountId: AccountId, id: TaskId) {
  return tx
    .selectFrom('task')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Of the task itself, to those who may see it; and of its lead, whose card says what is to be done next. */
async function tellOf(tx: Tx, viewer: Viewer, { id, lead_id }: { id: TaskId; lead_id: LeadId | null }): Promise<void> {
  const accountId = viewer.account.id
  const actorId = viewer.user.id
  const events: NewEvent[] = [{ type: 'task.changed', taskId: id, actorId }]
  if (lead_id !== null) {
    const chats = await listChatsOf(tx, accountId, [lead_id])
    events.push(
      ...aboutEach(
        chats.map((row) => row.chat_id),
        (about): NewEvent => ({ type: 'lead.updated', leadId: lead_id, actorId, ...about }),
      ),
    )
  }
  await appendEvents(tx, accountId, events)
}
