import type { ContactId, DuplicateEvidence, DuplicateHint, LeadId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'
import { isSamePhone } from './same-phone.ts'

/** Contacts looked at for one lead and one kind of evidence: a name may be common. */
const MOST_PER_KIND = 10

/** An index has the last eight digits of every number: they are the same however the country is written. */
const phoneEnd = (column: string) => `right(regexp_replace(${column}, '[^0-9]', '', 'g'), 8)`

const OWNED = ownedSql('o.responsible_user_id', 3)

const lookUp = (kind: DuplicateEvidence, given: string, where: string, value: string, joins = '') => `
  select probe.lead_id, probe.contact_id as own_id, hit.id, hit.name, hit.phone, hit.email, hit.company, '${kind}' as kind, ${given} as given,
    hit.value
  from probe, lateral (
    select o.id, o.name, o.phone, o.email, o.company, ${value} as value from contact o ${joins}
    where o.account_id = $1 and o.deleted_at is null and o.id <> probe.contact_id and ${OWNED} and ${where}
    limit ${MOST_PER_KIND}) hit`

const selectMatches = statementsOf('leads')(
  'duplicates',
  `with probe as (
     select l.id as lead_id, l.contact_id, c.channel_id, coalesce(ct.name, p.name) as name,
       coalesce(ct.phone, p.phone) as phone, coalesce(ct.email, p.email) as email, p.client_id
     from lead l
     left join contact ct on ct.account_id = $1 and ct.id = l.contact_id
     left join chat c on c.account_id = $1 and c.id = l.chat_id
     left join participant p on p.account_id = $1 and p.id = c.participant_id
     where l.account_id = $1 and l.id = any ($2::bigint[]) and l.deleted_at is null)
   ${[
     lookUp(
       'phone',
       'probe.phone',
       `o.phone is not null and ${phoneEnd('o.phone')} = ${phoneEnd('probe.phone')}`,
       'o.phone',
     ),
     lookUp('email', 'probe.email', 'o.email is not null and lower(o.email) = lower(probe.email)', 'o.email'),
     lookUp(
       'messenger',
       'probe.client_id',
       'true',
       'same.client_id',
       // The same person through another channel: ids that short are counted, not given.
       `join lateral (
          select p.client_id from connection cn
          join participant p on p.account_id = $1 and p.channel_id = cn.channel_id and p.client_id = probe.client_id
          where cn.account_id = $1 and cn.channel_id <> probe.channel_id and length(probe.client_id) >= 6
            and p.contact_id = o.id
          limit 1) same on true`,
     ),
     lookUp('name', 'probe.name', 'lower(o.name) = lower(probe.name)', 'o.name'),
   ].join(' union all ')}`,
)

/** A contact that could be a lead's person, and why. */
export interface Match {
  contactId: ContactId
  name: string
  phone: string | null
  email: string | null
  company: string | null
  evidence: { kind: DuplicateEvidence; value: string }[]
}

interface MatchRow {
  lead_id: LeadId
  id: ContactId
  name: string
  phone: string | null
  email: string | null
  company: string | null
  kind: DuplicateEvidence
  given: string
  value: string
}

const SUREST: readonly DuplicateEvidence[] = ['phone', 'email', 'messenger', 'name']

/** Contacts the viewer sees that share a number, an address, a messenger's id or a name with these leads' people; the surest first. */
export async function findMatches(
  pool: Runner,
  viewer: Viewer,
  leadIds: readonly LeadId[],
): Promise<Map<LeadId, Match[]>> {
  const found = new Map<LeadId, Match[]>()
  if (leadIds.length === 0) return found
  const rows = await run<MatchRow>(pool, selectMatches, [
    viewer.account.id,
    leadIds,
    ...ownersValues(ownersFor(viewer, 'contacts')),
  ])
  for (const row of rows) {
    if (row.kind === 'phone' && !isSamePhone(row.given, row.value)) continue
    const matches = found.get(row.lead_id) ?? []
    found.set(row.lead_id, matches)
    const evidence = { kind: row.kind, value: row.value }
    const known = matches.find((match) => match.contactId === row.id)
    if (known) known.evidence.push(evidence)
    else {
      const { id: contactId, name, phone, email, company } = row
      matches.push({ contactId, name, phone, email, company, evidence: [evidence] })
    }
  }
  for (const matches of found.values()) matches.sort(bySurety)
  return found
}

const suretyOf = ({ evidence }: Match) => Math.min(...evidence.map(({ kind }) => SUREST.indexOf(kind)))
const bySurety = (a: Match, b: Match) =>
  suretyOf(a) - suretyOf(b) || b.evidence.length - a.evidence.length || a.contactId - b.contactId

/** What a card says: the most likely one. One word that is the same is too little to interrupt anybody for. */
export async function findDuplicateHints(
  pool: Runner,
  viewer: Viewer,
  leadIds: readonly LeadId[],
): Promise<Map<LeadId, DuplicateHint>> {
  const hints = new Map<LeadId, DuplicateHint>()
  for (const [leadId, all] of await findMatches(pool, viewer, leadIds)) {
    const worth = all.filter(({ evidence }) =>
      evidence.some(({ kind, value }) => kind !== 'name' || /\S\s+\S/.test(value)),
    )
    const [first] = worth
    const kind = first?.evidence[0]?.kind
    if (first && kind)
      hints.set(leadId, { contactId: first.contactId, name: first.name, evidence: kind, others: worth.length - 1 })
  }
  return hints
}
