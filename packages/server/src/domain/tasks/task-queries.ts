import type { AccountId, ChatId, ContactId, LeadId, Task, TaskId, TaskKind, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'

interface Row {
  id: TaskId
  kind: TaskKind
  text: string
  due_at: Date
  due_on: string | null
  lead_id: LeadId | null
  lead_title: string | null
  contact_id: ContactId | null
  contact_name: string | null
  chat_id: ChatId | null
  responsible_id: UserId
  responsible_name: string | null
  created_by: UserId | null
  creator_name: string | null
  created_at: Date
  done_at: Date | null
  done_by: UserId | null
  doer_name: string | null
  result: string | null
}

/** Every read of tasks is made of this, and so carries its tenant ($1). */
const byIds = statementsOf('tasks')(
  'by_ids',
  `select k.id, k.kind, k.text, k.due_at, k.due_on, l.id as lead_id, l.title as lead_title, c.id as contact_id,
     c.name as contact_name, k.chat_id, k.responsible_user_id as responsible_id, r.name as responsible_name,
     k.created_by, cu.name as creator_name, k.created_at, k.done_at, k.done_by, du.name as doer_name, k.result
   from task k
   left join lead l on l.account_id = k.account_id and l.id = k.lead_id and l.deleted_at is null
   left join contact c on c.account_id = k.account_id and c.id = k.contact_id and c.deleted_at is null
   left join account_user r on r.account_id = k.account_id and r.id = k.responsible_user_id
   left join account_user cu on cu.account_id = k.account_id and cu.id = k.created_by
   left join account_user du on du.account_id = k.account_id and du.id = k.done_by
   where k.account_id = $1 and k.id = any ($2::bigint[]) and k.deleted_at is null`,
)

/** Those of the ids that are tasks of this account, in no order worth keeping; a deleted one is gone. */
export async function findTasks(pool: Runner, accountId: AccountId, ids: readonly TaskId[]): Promise<Task[]> {
  if (ids.length === 0) return []
  const rows = await run<Row>(pool, byIds, [accountId, ids])
  return rows.map(toTask)
}

/** The same in the order of the ids. */
export async function findTasksInOrder(pool: Runner, accountId: AccountId, ids: readonly TaskId[]): Promise<Task[]> {
  const found = new Map((await findTasks(pool, accountId, ids)).map((task) => [task.id, task]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** @throws {AppError} `not_found` */
export async function getTask(pool: Runner, accountId: AccountId, id: TaskId): Promise<Task> {
  const [task] = await findTasks(pool, accountId, [id])
  if (!task) throw new AppError('not_found', 'There is no such task in this account, or it was deleted.')
  return task
}

function toTask(row: Row): Task {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    dueAt: row.due_at.getTime(),
    dueOn: row.due_on,
    lead: row.lead_id === null ? null : { id: row.lead_id, title: row.lead_title ?? '' },
    contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact_name ?? '' },
    chatId: row.chat_id,
    responsible: { id: row.responsible_id, name: row.responsible_name ?? '' },
    createdBy: row.created_by === null ? null : { id: row.created_by, name: row.creator_name ?? '' },
    createdAt: row.created_at.getTime(),
    doneAt: row.done_at?.getTime() ?? null,
    doneBy: row.done_by === null ? null : { id: row.done_by, name: row.doer_name ?? '' },
    result: row.result,
  }
}
