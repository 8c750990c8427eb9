import type { AccountId, LeadId, TaskId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'
import { aboutEach, listChatsOf } from '../leads/about-each.ts'

/** Nobody waits long for the account's counter. */
const AT_ONCE = 200

interface Giving {
  accountId: AccountId
  by: UserId | null
  from: UserId
  to: UserId
}

/** All of somebody's open tasks become another's. Breaks off between two steps without harm: then it is begun again. */
export async function giveTasks(deps: Pick<Deps, 'db' | 'nudge'>, giving: Giving): Promise<void> {
  let given: number
  do {
    given = await deps.db.transaction().execute((tx) => giveSome(tx, giving))
    deps.nudge(giving.accountId)
  } while (given === AT_ONCE)
}

async function giveSome(tx: Tx, { accountId, by, from, to }: Giving): Promise<number> {
  const { rows } = await sql<{ id: TaskId; lead_id: LeadId | null }>`
    update task set responsible_user_id = ${to}, given_by = ${by}
    where account_id = ${accountId} and id in (
      select id from task
      where account_id = ${accountId} and responsible_user_id = ${from} and done_at is null and deleted_at is null
      order by id limit ${AT_ONCE} for update)
    returning id, lead_id`.execute(tx)
  const leadIds = rows.flatMap((row) => row.lead_id ?? [])
  await appendEvents(tx, accountId, [
    ...rows.map((row): NewEvent => ({ type: 'task.changed', taskId: row.id, actorId: by })),
    ...(await eventsOfLeads(tx, accountId, [...new Set(leadIds)], by)),
  ])
  return rows.length
}

/** Their cards say what is to be done next, and by whom. */
async function eventsOfLeads(
  tx: Tx,
  accountId: AccountId,
  leadIds: readonly LeadId[],
  actorId: UserId | null,
): Promise<NewEvent[]> {
  if (leadIds.length === 0) return []
  const chats = await listChatsOf(tx, accountId, leadIds)
  return leadIds.flatMap((leadId) =>
    aboutEach(
      chats.filter((row) => row.lead_id === leadId).map((row) => row.chat_id),
      (about): NewEvent => ({ type: 'lead.updated', leadId, actorId, ...about }),
    ),
  )
}
