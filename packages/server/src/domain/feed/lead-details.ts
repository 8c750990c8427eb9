import type { ChatId, LeadDetails, LeadId, TaskId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { findChats } from '../chats/chat-queries.ts'
import { findContactsInOrder } from '../contacts/contact-queries.ts'
import { listLeadContacts } from '../leads/lead-contacts.ts'
import { getLead } from '../leads/lead-queries.ts'
import { findTasksInOrder } from '../tasks/task-queries.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'

const statement = statementsOf('feed')

/** A chat may have gone on to another lead, of somebody whose leads the viewer does not see. */
const selectChats = statement(
  'chats',
  `select s.chat_id from (select distinct chat_id from talk where account_id = $1 and lead_id = $2) t
   join chat_state s on s.account_id = $1 and s.chat_id = t.chat_id and s.activity_minute is not null
   left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
   where ${ownedSql('l.responsible_user_id', 3)}
   order by s.activity_minute desc, s.activity_at desc, s.chat_id desc`,
)

const selectTasks = statement(
  'tasks',
  `select k.id from task k
   where k.account_id = $1 and k.lead_id = $2 and k.deleted_at is null and k.done_at is null
     and ${ownedSql('k.responsible_user_id', 3)}
   order by k.due_at, k.id limit 100`,
)

/** The conversations of a lead that the viewer may see, the latest first. */
export async function listChatsOfLead(pool: Runner, viewer: Viewer, leadId: LeadId): Promise<ChatId[]> {
  const values = [viewer.account.id, leadId, ...ownersValues(ownersFor(viewer, 'leads'))]
  const rows = await run<{ chat_id: ChatId }>(pool, selectChats, values)
  return rows.map((row) => row.chat_id)
}

/**
 * A lead with everything its card shows.
 * @throws {AppError} `not_found`
 */
export async function getLeadDetails(pool: Runner, viewer: Viewer, leadId: LeadId): Promise<LeadDetails> {
  const accountId = viewer.account.id
  const lead = await getLead(pool, accountId, leadId)
  const [people, chatIds, tasks] = await Promise.all([
    listLeadContacts(pool, accountId, leadId),
    listChatsOfLead(pool, viewer, leadId),
    run<{ id: TaskId }>(pool, selectTasks, [accountId, leadId, ...ownersValues(ownersFor(viewer, 'tasks'))]),
  ])
  const [contacts, chats, openTasks] = await Promise.all([
    findContactsInOrder(pool, accountId, people),
    findChats(pool, accountId, chatIds),
    findTasksInOrder(
      pool,
      accountId,
      tasks.map((row) => row.id),
    ),
  ])
  const place = new Map(chatIds.map((id, index) => [id, index]))
  chats.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
  return { ...lead, contacts, chats, openTasks }
}
