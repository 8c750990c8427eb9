import type { ContactDuplicate, ContactId, DuplicateKind } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import type { Viewer } from '../users/viewer.ts'
import { visibleContacts } from './access-contact.ts'
import { findContactsInOrder } from './contact-queries.ts'

/** A name may be common. */
const MOST_LOOKED_AT = 50

const selectDuplicates = statementsOf('duplicates')(
  'of_contact',
  `select o.contact_id, o.kind, o.value from contact_key k
   join contact_key o on o.account_id = k.account_id and o.kind = k.kind and o.value = k.value
     and o.contact_id <> k.contact_id
   join duplicate_group d on d.account_id = k.account_id and d.kind = k.kind and d.value = k.value
     and d.contacts > d.dismissed
   where k.account_id = $1 and k.contact_id = $2
   order by k.kind desc, o.contact_id limit ${MOST_LOOKED_AT}`,
)

interface Row {
  contact_id: ContactId
  kind: DuplicateKind
  value: string
}

/** Who may be the same person as a contact, with what they share: those with the most first. */
export async function duplicatesOf(pool: Runner, viewer: Viewer, id: ContactId): Promise<ContactDuplicate[]> {
  const rows = await run<Row>(pool, selectDuplicates, [viewer.account.id, id])
  const visible = await visibleContacts(pool, viewer, [...new Set(rows.map((row) => row.contact_id))])
  const contacts = await findContactsInOrder(pool, viewer.account.id, [...visible])
  return contacts
    .map((contact) => ({
      contact,
      evidence: rows.flatMap((row) => (row.contact_id === contact.id ? { kind: row.kind, value: row.value } : [])),
    }))
    .sort((a, b) => b.evidence.length - a.evidence.length || a.contact.id - b.contact.id)
}
