import type {
  AccountId,
  ContactId,
  Duplicate,
  LeadId,
  LinkTarget,
  StageId,
  StageKind,
  UserId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Deps } from '../deps.ts'
import { ownersFor, type Viewer } from '../users/viewer.ts'
import { findMatches } from './duplicate-hints.ts'

type DuplicateDeps = Pick<Deps, 'db' | 'hotPool'>

const MOST_FOUND = 20
const MOST_LEADS = 5

/** Who an incoming lead could be, the most likely first, with what speaks for it and what they have with us. */
export async function listDuplicates(deps: DuplicateDeps, viewer: Viewer, leadId: LeadId): Promise<Duplicate[]> {
  const matches = ((await findMatches(deps.hotPool, viewer, [leadId])).get(leadId) ?? []).slice(0, MOST_FOUND)
  const leads = await leadsOf(
    deps.db,
    viewer,
    matches.map((match) => match.contactId),
    leadId,
  )
  return matches.map(({ contactId, name, phone, email, company, evidence }) => ({
    contact: { id: contactId, name, phone, email, company },
    evidence,
    leads: leads.get(contactId) ?? [],
  }))
}

interface ContactRow {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
  company: string | null
}

/** Contacts the viewer sees whose name, number or address holds the text, or who have a lead whose title does. */
export async function findLinkTargets(
  { db }: DuplicateDeps,
  viewer: Viewer,
  { q, besides }: { q: string; besides: LeadId | undefined },
): Promise<LinkTarget[]> {
  const accountId = viewer.account.id
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const digits = q.replace(/\D/g, '')
  const byPhone = digits.length < 4 ? sql`` : sql`or regexp_replace(ct.phone, '[^0-9]', '', 'g') like ${`%${digits}%`}`
  const { rows } = await sql<ContactRow>`
    select ct.id, ct.name, ct.phone, ct.email, ct.company from contact ct
    where ct.account_id = ${accountId} and ct.deleted_at is null and ${owned(viewer, 'contacts', 'ct')}
      and (ct.name ilike ${pattern} or ct.email ilike ${pattern} ${byPhone}
        or ct.id in (select l.contact_id from lead l where l.account_id = ${accountId} and l.deleted_at is null
          and l.title ilike ${pattern} and ${owned(viewer, 'leads', 'l')} limit 200))
      and ct.id is distinct from (select contact_id from lead where account_id = ${accountId} and id = ${besides ?? 0})
    order by ct.id desc limit ${MOST_FOUND}`.execute(db)
  const leads = await leadsOf(
    db,
    viewer,
    rows.map((row) => row.id),
    besides,
  )
  return rows.map((contact) => ({ contact, leads: leads.get(contact.id) ?? [] }))
}

function owned(viewer: Viewer, area: 'leads' | 'contacts', table: 'l' | 'ct') {
  const { userIds, unowned } = ownersFor(viewer, area)
  const column = sql.ref(`${table}.responsible_user_id`)
  return sql`(case when ${column} is null then ${unowned}::boolean
    else ${userIds}::bigint[] is null or ${column} = any (${userIds}::bigint[]) end)`
}

interface LeadOfContactRow {
  contact_id: ContactId
  id: LeadId
  title: string
  price: number
  updated_at: Date
  stage_id: StageId
  stage_name: string
  stage_kind: StageKind
  hue: number
  responsible_id: UserId | null
  responsible_name: string | null
}

async function leadsOf(
  db: Db,
  viewer: Viewer,
  contactIds: readonly ContactId[],
  besides: LeadId | undefined,
): Promise<Map<ContactId, Duplicate['leads']>> {
  const found = new Map<ContactId, Duplicate['leads']>()
  if (contactIds.length === 0) return found
  const accountId: AccountId = viewer.account.id
  const { rows } = await sql<LeadOfContactRow>`
    select k.id as contact_id, l.id, l.title, l.price, l.updated_at, s.id as stage_id, s.name as stage_name,
      s.kind as stage_kind, s.hue, u.id as responsible_id, u.name as responsible_name
    from unnest(${contactIds}::bigint[]) as k (id)
    join lateral (
      select * from lead l where l.account_id = ${accountId} and l.contact_id = k.id and l.deleted_at is null
        and l.id <> ${besides ?? 0} and ${owned(viewer, 'leads', 'l')}
      order by l.stage_id in (142, 143), l.updated_at desc, l.id desc limit ${MOST_LEADS}) l on true
    join stage s on s.account_id = ${accountId} and s.pipeline_id = l.pipeline_id and s.id = l.stage_id
    left join account_user u on u.account_id = ${accountId} and u.id = l.responsible_user_id`.execute(db)
  for (const row of rows) {
    const leads = found.get(row.contact_id) ?? []
    found.set(row.contact_id, leads)
    leads.push({
      id: row.id,
      title: row.title,
      price: row.price,
      stage: { id: row.stage_id, name: row.stage_name, kind: row.stage_kind, hue: row.hue },
      responsible: row.responsible_id === null ? null : { id: row.responsible_id, name: row.responsible_name ?? '' },
      updatedAt: row.updated_at.getTime(),
    })
  }
  return found
}
