import type { AccountId, ContactId, LeadId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { type LockedContact, lockContacts } from '../contacts/write-contact.ts'

export interface Both {
  mine: LockedContact | undefined
  other: LockedContact | undefined
}

/** The chats with the people of these contacts, and those that their leads were talked about in. */
export const chatsOf = (accountId: AccountId, ids: readonly ContactId[]): RawBuilder<unknown> => sql`
  select c.id from participant p join chat c on c.account_id = p.account_id and c.participant_id = p.id
  where p.account_id = ${accountId} and p.contact_id = any (${ids}::bigint[])
  union
  select t.chat_id from lead l join talk t on t.account_id = l.account_id and t.lead_id = l.id
  where l.account_id = ${accountId} and l.contact_id = any (${ids}::bigint[])`

/**
 * Locks two contacts with all that is said with them: people, then chats, then leads, then the contacts, as everybody does. What
 * somebody gives to one of them in this very moment waits for one of these rows, or is found when they are held.
 */
export async function lockBoth(tx: Tx, accountId: AccountId, mineId: ContactId, otherId: ContactId): Promise<Both> {
  const ids = [mineId, otherId]
  await sql`select id from participant where account_id = ${accountId} and contact_id = any (${ids}::bigint[])
    order by id for update`.execute(tx)
  await sql`select s.chat_id from chat_state s where s.account_id = ${accountId} and s.chat_id in (${chatsOf(accountId, ids)})
    order by s.chat_id for update`.execute(tx)
  await sql<{ id: LeadId }>`select l.id from lead l where l.account_id = ${accountId} and l.id in (
      select id from lead where account_id = ${accountId} and contact_id = any (${ids}::bigint[])
      union select lead_id from lead_contact where account_id = ${accountId} and contact_id = any (${ids}::bigint[]))
    order by l.id for update`.execute(tx)
  const contacts = await lockContacts(tx, accountId, ids)
  const find = (id: ContactId) => contacts.find((contact) => contact.id === id)
  return { mine: find(mineId), other: find(otherId) }
}
