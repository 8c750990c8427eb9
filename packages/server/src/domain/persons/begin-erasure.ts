import type { AccountId, ChatId, ContactId, FileId, LeadId, ParticipantId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { ErasureScope } from '../../db/schema.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { dropSearchTexts } from './drop-search-texts.ts'
import { readMarks } from './erase-requests.ts'

type ErasureDeps = Pick<Deps, 'db' | 'clock' | 'newId' | 'nudge'>

/**
 * Begins to erase a person for good. At once the contact and its chats are gone, nothing that waits is delivered any more, and
 * nothing of them is found; the job goes on from there until nothing is left, also after a crash (`step-erasure.ts`).
 * What the person writes later comes from somebody unknown.
 * Locks: participants, the contact, chat_state, account_seq, in this order, as everybody does.
 * @throws {AppError} `not_found`; `invalid_request`: that is not its name
 */
export async function beginErasure(deps: ErasureDeps, actor: Actor, id: ContactId, name: string): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const contactIds = await withMerged(tx, accountId, id)
    const people = await lockPeople(tx, accountId, contactIds)
    await checkName(tx, accountId, id, name)
    const scope = await findScope(tx, accountId, contactIds, people)
    const now = deps.clock.now()
    await hideContacts(tx, accountId, contactIds, now)
    await dropChats(tx, accountId, scope)
    await renameLeads(tx, accountId, scope)
    await tx
      .insertInto('erasure')
      .values({
        account_id: accountId,
        id: deps.newId(),
        contact_id: id,
        asked_by: actor.userId,
        asked_at: now,
        scope: JSON.stringify(scope),
        step: 'fetches',
      })
      .execute()
    await appendAudit(tx, actor, { at: now, action: 'data.erased', target: { kind: 'contact', id } })
    await appendEvents(tx, accountId, eventsOf(scope, actor))
  })
  deps.nudge(accountId)
}

/** The contact and those that went into it: they are the same person. */
async function withMerged(tx: Tx, accountId: AccountId, id: ContactId): Promise<ContactId[]> {
  const { rows } = await sql<{ id: ContactId }>`
    with recursive same as (
      select id from contact where account_id = ${accountId} and id = ${id}
      union
      select c.id from contact c join same on c.account_id = ${accountId} and c.merged_into = same.id)
    select id from same order by id`.execute(tx)
  return rows.map((row) => row.id)
}

interface Person {
  id: ParticipantId
  avatar_file_id: FileId | null
}

async function lockPeople(tx: Tx, accountId: AccountId, contactIds: readonly ContactId[]): Promise<Person[]> {
  if (contactIds.length === 0) return []
  return tx
    .selectFrom('participant')
    .select(['id', 'avatar_file_id'])
    .where('account_id', '=', accountId)
    .where('contact_id', 'in', contactIds)
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function checkName(tx: Tx, accountId: AccountId, id: ContactId, name: string): Promise<void> {
  const contact = await tx
    .selectFrom('contact')
    .select('name')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!contact) throw new AppError('not_found', 'There is no such contact in this account, or it was deleted.')
  if (contact.name.trim() === name.trim()) return
  throw new AppError('invalid_request', 'name: type the name of the contact as it stands there.', {
    details: { field: 'name' },
  })
}

async function findScope(
  tx: Tx,
  accountId: AccountId,
  contactIds: ContactId[],
  people: readonly Person[],
): Promise<ErasureScope> {
  const participantIds = people.map((person) => person.id)
  const chats = await sql<{ id: ChatId }>`
    select s.chat_id as id from chat_state s
    where s.account_id = ${accountId} and s.chat_id in (
      select id from chat where account_id = ${accountId} and participant_id = any (${participantIds}::uuid[]))
    order by s.chat_id for update`.execute(tx)
  const leads = await sql<{ id: LeadId }>`
    select id from lead where account_id = ${accountId} and contact_id = any (${contactIds}::bigint[])
    order by id`.execute(tx)
  const chatIds = chats.rows.map((row) => row.id)
  return {
    contactIds,
    participantIds,
    chatIds,
    marks: await readMarks(tx, accountId, { contactIds, participantIds, chatIds }),
    leadIds: leads.rows.map((row) => row.id),
    fileIds: people.flatMap((person) => person.avatar_file_id ?? []),
    usedFileIds: [],
  }
}

/** An empty row stays for leads to point at, and so that nobody brings it back. */
async function hideContacts(tx: Tx, accountId: AccountId, ids: readonly ContactId[], now: Date): Promise<void> {
  await tx
    .updateTable('contact')
    .set({
      ...{ name: '', phone: null, email: null, company: null, let_go: null },
      ...{ responsible_user_id: null, deleted_at: now, erased_at: now },
    })
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
}

/** They are the account's own figures; what they were called was the person's name. */
async function renameLeads(tx: Tx, accountId: AccountId, { leadIds }: ErasureScope): Promise<void> {
  await sql`update lead set title = '#' || id, chat_id = null
    where account_id = ${accountId} and id = any (${leadIds}::bigint[])`.execute(tx)
}

const OF_CHAT = ['delivery_lane', 'draft', 'chat_mute', 'chat_post', 'chat_state'] as const

/** Whoever delivers, answers or receives looks for one of these rows first. */
async function dropChats(tx: Tx, accountId: AccountId, scope: ErasureScope): Promise<void> {
  const { contactIds, participantIds, chatIds, leadIds, fileIds } = scope
  fileIds.push(...(await filesOfDrafts(tx, accountId, chatIds)))
  for (const table of OF_CHAT)
    await sql`delete from ${sql.table(table)}
      where account_id = ${accountId} and chat_id = any (${chatIds}::uuid[])`.execute(tx)
  await sql`delete from chat where account_id = ${accountId} and id = any (${chatIds}::uuid[])`.execute(tx)
  await sql`delete from participant where account_id = ${accountId} and id = any (${participantIds}::uuid[])`.execute(
    tx,
  )
  await dropSearchTexts(tx, accountId, scope)
  await sql`delete from search_name where account_id = ${accountId} and (
    kind = 'client' and id = any (${participantIds}::text[])
    or kind = 'contact' and id = any (${contactIds.map(String)}::text[])
    or kind = 'lead' and id = any (${leadIds.map(String)}::text[]))`.execute(tx)
}

async function filesOfDrafts(tx: Tx, accountId: AccountId, chatIds: readonly ChatId[]): Promise<FileId[]> {
  const { rows } = await sql<{ id: FileId }>`
    select distinct v #>> '{}' as id from draft d, jsonb_path_query(d.content, 'lax $.**.id') v
    where d.account_id = ${accountId} and d.chat_id = any (${chatIds}::uuid[]) and jsonb_typeof(v) = 'string'`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

function eventsOf({ contactIds, chatIds, leadIds }: ErasureScope, { userId }: Actor): NewEvent[] {
  return [
    ...chatIds.map((chatId): NewEvent => ({ type: 'chat.deleted', chatId, actorId: userId })),
    ...contactIds.map((contactId): NewEvent => ({ type: 'contact.deleted', contactId, actorId: userId })),
    ...leadIds.map((leadId): NewEvent => ({ type: 'lead.updated', leadId, actorId: userId })),
  ]
}
