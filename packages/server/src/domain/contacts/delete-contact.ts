import type { ContactId, ContactRow, ParticipantId } from '@parley/protocol/model'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { contactEvents } from './contact-events.ts'
import { getContact } from './contact-queries.ts'
import { lockContact, lockContacts } from './write-contact.ts'

type ContactDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/**
 * Deletes a contact. Its leads and chats stay; the person behind them belongs to no contact, and gets a new one with his next lead.
 * @throws {AppError} `not_found`
 */
export async function deleteContact(deps: ContactDeps, { account, user }: Viewer, id: ContactId): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const people = await tx
      .selectFrom('participant')
      .select('id')
      .where('account_id', '=', account.id)
      .where('contact_id', '=', id)
      .orderBy('id')
      .forUpdate()
      .execute()
    await lockContact(tx, account.id, id)
    await tx
      .updateTable('participant')
      .set({ contact_id: null })
      .where('account_id', '=', account.id)
      .where('contact_id', '=', id)
      .execute()
    const events = await contactEvents(tx, account.id, [id], user.id)
    await tx
      .updateTable('contact')
      .set({ deleted_at: deps.clock.now(), let_go: JSON.stringify(people.map((person) => person.id)) })
      .where('account_id', '=', account.id)
      .where('id', '=', id)
      .execute()
    await appendEvents(
      tx,
      account.id,
      events.map((event) => (event.contactId === id ? { ...event, type: 'contact.deleted' } : event)),
    )
  })
  deps.nudge(account.id)
}

/**
 * Undoes a deletion: whoever in the messengers belongs to no other contact by now is this one's again.
 * @throws {AppError} `not_found`; `conflict`: it went into another contact, or was erased
 */
export async function restoreContact(deps: ContactDeps, { account, user }: Viewer, id: ContactId): Promise<ContactRow> {
  await deps.db.transaction().execute(async (tx) => {
    const [contact] = await lockContacts(tx, account.id, [id])
    if (!contact) throw new AppError('not_found', 'There is no such contact in this account.')
    if (contact.erased_at !== null)
      throw new AppError('conflict', 'This person was erased; nothing is left to restore.')
    const row = await tx
      .updateTable('contact')
      .set({ deleted_at: null, updated_at: deps.clock.now(), updated_by: user.id })
      .where('account_id', '=', account.id)
      .where('id', '=', id)
      .where('merged_into', 'is', null)
      .returning('let_go')
      .executeTakeFirst()
    if (!row) throw new AppError('conflict', 'This contact went into another one: undo that merge instead.')
    const people = (row.let_go ?? []) as ParticipantId[]
    if (people.length > 0) {
      await tx
        .updateTable('participant')
        .set({ contact_id: id })
        .where('account_id', '=', account.id)
        .where('id', 'in', people)
        .where('contact_id', 'is', null)
        .execute()
    }
    await appendEvents(tx, account.id, await contactEvents(tx, account.id, [id], user.id))
  })
  deps.nudge(account.id)
  return getContact(deps.hotPool, account.id, id)
}
