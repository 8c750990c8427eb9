import type { AccountId, TaskId, UserId } from '@parley/protocol/model'
import type pg from 'pg'
import { run, statementsOf } from '../../../db/statement.ts'
import type { StoredEvent } from '../../../events/list-events.ts'
import type { NewNotice } from '../new-notice.ts'

interface GivenRow {
  id: TaskId
  responsible_user_id: UserId
  given_by: UserId
  is_over: boolean
}

/** Takes the mark away with the telling, so that it is told once for each time it is given. */
const takeGiven = statementsOf('notifications')(
  'tasks_given',
  `with given as (
     select id, given_by from task where account_id = $1 and id = any ($2::bigint[]) and given_by is not null
     order by id for update)
   update task k set given_by = null from given
   where k.account_id = $1 and k.id = given.id
   returning k.id, k.responsible_user_id, given.given_by, k.done_at is not null or k.deleted_at is not null as is_over`,
)

/** A task was given to somebody. */
export async function noticesOfTasks(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<NewNotice[]> {
  const seqs = new Map(events.map((event) => [event.task_id, event.seq]))
  const rows = await run<GivenRow>(client, takeGiven, [accountId, [...seqs.keys()]])
  return rows
    .filter((row) => !row.is_over)
    .map((row) => ({
      kind: 'task_assigned',
      fact: `task:${row.id}:${seqs.get(row.id)}`,
      targetId: row.responsible_user_id,
      actorId: row.given_by,
      taskId: row.id,
    }))
}
