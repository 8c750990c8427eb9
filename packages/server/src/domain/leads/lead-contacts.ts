import type { AccountId, ContactId, LeadContactRequest, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { insertContact } from '../contacts/change-contact.ts'
import { lockContact } from '../contacts/write-contact.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { lockLead, writeLeadChange } from './change-lead-fields.ts'

const MOST_CONTACTS = 50

type LeadDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

const selectContacts = statementsOf('leads')(
  'contacts',
  `select contact_id, added_at from (
     select contact_id, null::timestamptz as added_at from lead where account_id = $1 and id = $2
     union all select contact_id, added_at from lead_contact where account_id = $1 and lead_id = $2) people
   order by added_at nulls first, contact_id`,
)

/** The people of a lead, the main one first; also those who were deleted. */
export async function listLeadContacts(pool: Runner, accountId: AccountId, leadId: LeadId): Promise<ContactId[]> {
  const rows = await run<{ contact_id: ContactId }>(pool, selectContacts, [accountId, leadId])
  return [...new Set(rows.map((row) => row.contact_id))]
}

/**
 * Adds somebody to a lead, or makes somebody who is on it the main one. The caller has asked whether the contact is his to see.
 * @throws {AppError} `not_found`; `invalid_request`; `conflict`: there are fifty already
 */
export async function addLeadContact(
  deps: LeadDeps,
  viewer: Viewer,
  leadId: LeadId,
  given: LeadContactRequest,
): Promise<ContactId> {
  const accountId = viewer.account.id
  const now = deps.clock.now()
  const id = await deps.db.transaction().execute(async (tx) => {
    const lead = await lockLead(tx, accountId, leadId)
    const contactId =
      'contact' in given ? await insertContact(tx, viewer, given.contact, now) : (given.contactId as ContactId)
    await lockContact(tx, accountId, contactId)
    const author = { accountId, leadId, userId: viewer.user.id, now }
    if (given.isMain) {
      if (lead.contact_id === contactId) return contactId
      const isOldGone = await isDeleted(tx, accountId, lead.contact_id)
      await setMain(tx, accountId, leadId, contactId)
      if (!isOldGone) await link(tx, accountId, leadId, lead.contact_id, now)
      await writeLeadChange(tx, author, [{ field: 'contact_id', before: lead.contact_id, after: contactId }])
    } else if (lead.contact_id !== contactId) {
      const isNew = await link(tx, accountId, leadId, contactId, now)
      if (isNew) await writeLeadChange(tx, author, [{ field: 'contacts', before: [], after: [contactId] }])
    }
    return contactId
  })
  deps.nudge(accountId)
  return id
}

/**
 * Takes somebody off a lead; the next one takes a main one's place.
 * @throws {AppError} `not_found`; `conflict`: the only one
 */
export async function removeLeadContact(
  deps: LeadDeps,
  viewer: Viewer,
  leadId: LeadId,
  contactId: ContactId,
): Promise<void> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute(async (tx) => {
    const lead = await lockLead(tx, accountId, leadId)
    const others = await tx
      .selectFrom('lead_contact as x')
      .innerJoin('contact as c', (join) =>
        join.onRef('c.account_id', '=', 'x.account_id').onRef('c.id', '=', 'x.contact_id'),
      )
      .select('x.contact_id')
      .where('x.account_id', '=', accountId)
      .where('x.lead_id', '=', leadId)
      .where('c.deleted_at', 'is', null)
      .orderBy('x.added_at')
      .orderBy('x.contact_id')
      .execute()
    const next = others.find((row) => row.contact_id !== contactId)?.contact_id
    const isMain = lead.contact_id === contactId
    if (!isMain && !others.some((row) => row.contact_id === contactId))
      throw new AppError('not_found', 'This contact is not one of the lead.')
    if (isMain && next === undefined)
      throw new AppError('conflict', 'A lead has at least one contact. Add another one first.')
    if (isMain && next !== undefined) await setMain(tx, accountId, leadId, next)
    else await unlink(tx, accountId, leadId, contactId)
    const author = { accountId, leadId, userId: viewer.user.id, now: deps.clock.now() }
    await writeLeadChange(tx, author, [{ field: 'contacts', before: [contactId], after: [] }])
  })
  deps.nudge(accountId)
}

async function isDeleted(tx: Tx, accountId: AccountId, id: ContactId): Promise<boolean> {
  const contact = await tx
    .selectFrom('contact')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return contact === undefined
}

async function setMain(tx: Tx, accountId: AccountId, leadId: LeadId, contactId: ContactId): Promise<void> {
  await tx
    .updateTable('lead')
    .set({ contact_id: contactId })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
  await unlink(tx, accountId, leadId, contactId)
}

async function unlink(tx: Tx, accountId: AccountId, leadId: LeadId, contactId: ContactId): Promise<void> {
  await tx
    .deleteFrom('lead_contact')
    .where('account_id', '=', accountId)
    .where('lead_id', '=', leadId)
    .where('contact_id', '=', contactId)
    .execute()
}

/** Answers whether it was not linked before. */
async function link(tx: Tx, accountId: AccountId, leadId: LeadId, contactId: ContactId, now: Date): Promise<boolean> {
  const { count } = await tx
    .selectFrom('lead_contact')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('lead_id', '=', leadId)
    .executeTakeFirstOrThrow()
  if (count >= MOST_CONTACTS)
    throw new AppError('conflict', `A lead has at most ${MOST_CONTACTS} further contacts. Remove one first.`)
  const row = await tx
    .insertInto('lead_contact')
    .values({ account_id: accountId, lead_id: leadId, contact_id: contactId, added_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('contact_id')
    .executeTakeFirst()
  return row !== undefined
}
