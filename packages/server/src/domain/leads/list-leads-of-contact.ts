import type { ContactId, Lead, LeadId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'
import { findLeads } from './lead-queries.ts'

const MOST_LEADS = 200

const selectLeads = statementsOf('leads')(
  'of_contact',
  `select l.id from lead l
   where l.account_id = $1 and l.deleted_at is null and ${ownedSql('l.responsible_user_id', 3)} and l.id in (
     select id from lead where account_id = $1 and contact_id = $2
     union select lead_id from lead_contact where account_id = $1 and contact_id = $2)
   order by l.stage_id in (142, 143), l.updated_at desc, l.id desc limit ${MOST_LEADS}`,
)

/** The leads a contact is on that the viewer may see: open ones first, then those that were changed last. */
export async function listLeadsOfContact(pool: Runner, viewer: Viewer, contactId: ContactId): Promise<Lead[]> {
  const accountId = viewer.account.id
  const rows = await run<{ id: LeadId }>(pool, selectLeads, [
    accountId,
    contactId,
    ...ownersValues(ownersFor(viewer, 'leads')),
  ])
  const leads = new Map(
    (
      await findLeads(
        pool,
        accountId,
        rows.map(({ id }) => id),
      )
    ).map((lead) => [lead.id, lead]),
  )
  return rows.flatMap(({ id }) => leads.get(id) ?? [])
}
