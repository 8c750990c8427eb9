import type { AccountId, TaskId, UserId } from '@parley/protocol/model'
import type pg from 'pg'
import { commit, run, statementsOf, withClient } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { insertNotices, type NewNotice } from './new-notice.ts'

/** Nobody waits long for an account's counter. */
const AT_ONCE = 200

interface DueRow {
  account_id: AccountId
  id: TaskId
  responsible_user_id: UserId
  rang_at: Date
}

/** Takes the mark away with the telling: whichever node comes first tells, once. */
const takeDue = statementsOf('notifications')(
  'tasks_due',
  `with due as (
     select account_id, id, ring_at from task
     where ring_at <= $1 and done_at is null and deleted_at is null
     order by ring_at limit ${AT_ONCE} for update skip locked)
   update task k set ring_at = null from due
   where k.account_id = due.account_id and k.id = due.id
   returning k.account_id, k.id, k.responsible_user_id, due.ring_at as rang_at`,
)

/** Reminds people of their tasks whose time has come. Answers how many. */
export async function ringTasks({ hotPool, clock, nudge }: Pick<Deps, 'hotPool' | 'clock' | 'nudge'>): Promise<number> {
  const now = clock.now()
  const rows = await withClient(hotPool, async (client) => {
    await client.query('begin')
    const rung = await ring(client, now)
    await commit(client)
    return rung
  })
  for (const accountId of new Set(rows.map((row) => row.account_id))) nudge(accountId)
  return rows.length
}

/** Accounts in order, for each locks its counter. */
async function ring(client: pg.ClientBase, now: Date): Promise<DueRow[]> {
  const rows = await run<DueRow>(client, takeDue, [now])
  const accounts = [...new Set(rows.map((row) => row.account_id))].sort((a, b) => a - b)
  for (const accountId of accounts) {
    const notices = rows.filter((row) => row.account_id === accountId).map(toNotice)
    await insertNotices(client, accountId, notices, now)
  }
  return rows
}

const toNotice = (row: DueRow): NewNotice => ({
  kind: 'task_due',
  fact: `due:${row.id}:${row.rang_at.getTime()}`,
  targetId: row.responsible_user_id,
  actorId: null,
  taskId: row.id,
})
