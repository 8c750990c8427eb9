import type { AccountId, ContactId, FieldEntity, LeadId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Deps } from '../deps.ts'
import type { Was } from './undo-record.ts'

/** Records taken in one transaction. */
const PAGE = 100

/** Whose rows go with a lead. */
const OF_LEAD = ['lead_tag', 'lead_change', 'lead_contact', 'task', 'talk'] as const
const OF_CONTACT = ['contact_tag', 'contact_point', 'contact_activity', 'contact_key', 'lead_contact', 'task'] as const

interface Due {
  account_id: AccountId
  id: number
  lead_id: LeadId
  was: Was
}

/**
 * Ends what can no longer be taken back: what was declined, linked or deleted then goes for good, with every row of its own.
 * Answers whether there may be more. Two nodes at once share the work.
 */
export async function purgeLeads({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const due = await tx
      .selectFrom('lead_undo')
      .select(['account_id', 'id', 'lead_id', 'was'])
      .where('expires_at', '<=', clock.now())
      .orderBy('expires_at')
      .limit(PAGE)
      .forUpdate()
      .skipLocked()
      .execute()
    for (const one of due) await purge(tx, { ...one, was: one.was as Was })
    return due.length === PAGE
  })
}

async function purge(tx: Tx, { account_id: accountId, id, lead_id: leadId, was }: Due): Promise<void> {
  const { rows } = await sql<{ id: LeadId }>`select id from lead
    where account_id = ${accountId} and id = ${leadId} and deleted_at is not null for update`.execute(tx)
  if (rows.length > 0) {
    // Whoever wrote in the very moment it was taken away is nobody's: his next message opens a lead.
    await sql`update chat_state s set lead_id = null, talk_id = null, contact_id = null from talk t
      where t.account_id = ${accountId} and t.lead_id = ${leadId}
        and s.account_id = ${accountId} and s.chat_id = t.chat_id and s.lead_id = ${leadId}`.execute(tx)
    for (const table of OF_LEAD)
      await sql`delete from ${sql.table(table)} where account_id = ${accountId} and lead_id = ${leadId}`.execute(tx)
    await dropFields(tx, accountId, 'lead', leadId)
    await sql`delete from lead_undo where account_id = ${accountId} and lead_id = ${leadId} and id <> ${id}`.execute(tx)
    await sql`delete from lead where account_id = ${accountId} and id = ${leadId}`.execute(tx)
  }
  if (was.removedContactId !== null) {
    const gone = await sql<{ id: number }>`delete from contact
      where account_id = ${accountId} and id = ${was.removedContactId} and deleted_at is not null
        and merged_into is null returning id`.execute(tx)
    if (gone.rows.length > 0) await purgeContact(tx, accountId, was.removedContactId)
  }
  await tx.deleteFrom('lead_undo').where('account_id', '=', accountId).where('id', '=', id).execute()
}

async function purgeContact(tx: Tx, accountId: AccountId, contactId: ContactId): Promise<void> {
  for (const table of OF_CONTACT)
    await sql`delete from ${sql.table(table)} where account_id = ${accountId} and contact_id = ${contactId}`.execute(tx)
  await dropFields(tx, accountId, 'contact', contactId)
}

async function dropFields(tx: Tx, accountId: AccountId, entity: FieldEntity, id: number): Promise<void> {
  await tx
    .deleteFrom('field_value')
    .where('account_id', '=', accountId)
    .where('entity', '=', entity)
    .where('entity_id', '=', id)
    .execute()
}
