import type { AccountId, TaskId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { ErasureScope } from '../../db/schema.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { type Erasing, type Progress, remove } from './erasing.ts'

/** What of a lead's history says nothing of the person. */
const FIGURES = ['pipeline_id', 'stage_id', 'responsible_user_id', 'price', 'loss_reason_id']

/** Notes, tasks and what stands on the cards. The leads stay, as figures: with their stage and price, and without words. */
export async function eraseCards({ tx, accountId, scope }: Erasing): Promise<Progress> {
  const { chatIds, leadIds, contactIds } = scope
  const ofAccount = sql`account_id = ${accountId}`
  const ofChats = sql`${ofAccount} and chat_id = any (${chatIds}::uuid[])`
  const ofLeads = sql`${ofAccount} and lead_id = any (${leadIds}::bigint[])`
  const ofContacts = sql`${ofAccount} and contact_id = any (${contactIds}::bigint[])`
  const about = sql`${ofAccount} and (chat_id = any (${chatIds}::uuid[]) or lead_id = any (${leadIds}::bigint[])
    or contact_id = any (${contactIds}::bigint[]))`

  const notes = await sql<{ id: string }>`delete from note where ${about} returning id`.execute(tx)
  const noteIds = notes.rows.map((row) => row.id)
  await remove(tx, 'search_text', sql`${ofAccount} and id = any (${noteIds}::uuid[])`)
  const tasks = await sql<{ id: TaskId }>`delete from task where ${about} returning id`.execute(tx)
  // A lead that became part of somebody else's left its name there.
  await remove(
    tx,
    'lead_change',
    sql`${ofAccount} and (lead_id = any (${leadIds}::bigint[]) and not field = any (${FIGURES}::text[])
      or field = 'linked_lead' and lead_id in (select lead_id from talk where ${ofChats}))`,
  )
  await sql`update lead set title = '#' || id where ${ofAccount} and id = any (${leadIds}::bigint[])`.execute(tx)
  for (const table of ['talk', 'chat_post', 'answer_state', 'bulk_item']) await remove(tx, table, ofChats)
  for (const table of ['contact_point', 'contact_activity', 'contact_tag', 'lead_contact'])
    await remove(tx, table, ofContacts)
  await remove(tx, 'lead_contact', ofLeads)
  await remove(
    tx,
    'field_value',
    sql`${ofAccount} and (entity = 'contact' and entity_id = any (${contactIds}::bigint[])
      or entity = 'lead' and entity_id = any (${leadIds}::bigint[]))`,
  )
  await remove(
    tx,
    'contact_merge',
    sql`${ofAccount} and (contact_id = any (${contactIds}::bigint[]) or other_id = any (${contactIds}::bigint[]))`,
  )
  await forgetNames(tx, accountId, scope)
  await appendEvents(tx, accountId, [
    ...tasks.rows.map(({ id }): NewEvent => ({ type: 'task.changed', taskId: id })),
    ...leadIds.map((leadId): NewEvent => ({ type: 'lead.updated', leadId })),
  ])
  return 'done'
}

/** What was written down of them stays, without what they were called. */
async function forgetNames(tx: Tx, accountId: AccountId, { contactIds, leadIds }: ErasureScope): Promise<void> {
  const [contacts, leads] = [contactIds.map(String), leadIds.map(String)]
  await sql`update audit set target_name = null, details = details - 'other' where account_id = ${accountId} and (
    target_kind = 'contact' and target_id = any (${contacts}::text[])
    or target_kind = 'lead' and target_id = any (${leads}::text[]))`.execute(tx)
  // Somebody else that they went into, and were taken out of again.
  await sql`update audit set details = details - 'other' where account_id = ${accountId}
    and target_kind = 'contact' and details -> 'other' ->> 'id' = any (${contacts}::text[])`.execute(tx)
}
