import {
  type AccountId,
  type ContactId,
  type Lead,
  type LeadId,
  type LinkLeadRequest,
  STAGE_LOST,
  STAGE_WON,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { holdContact } from '../contacts/hold-contacts.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'
import { aboutEach } from './about-each.ts'
import type { LeadDeps } from './accept-lead.ts'
import { accessLead } from './access-lead.ts'
import { markDeleted } from './decline-lead.ts'
import { mustBeIncoming } from './incoming-conflict.ts'
import { moveConversation, moveTasks, tasksOf } from './join-leads.ts'
import { getLead } from './lead-queries.ts'
import { type Conversation, chatIdsOf, lockConversations, removeLonelyContact, toWas } from './lock-conversation.ts'
import { saveUndo, type Was } from './undo-record.ts'
import { type LeadAuthor, linesOf, writeHistory } from './write-history.ts'

/**
 * Says that an incoming lead is somebody known: its chats and talks go to a lead there is, the incoming one and a contact that
 * came with it vanish. To a contact without an open lead: the incoming lead stays, as that contact's.
 * Answers the lead that has the chats now. Can be taken back for an hour.
 * @throws {AppError} `not_found`; `conflict` when somebody was faster; `invalid_request`: a lead or contact that cannot be
 *   linked to
 */
export async function linkLead(deps: LeadDeps, viewer: Viewer, leadId: LeadId, wish: LinkLeadRequest): Promise<Lead> {
  const accountId = viewer.account.id
  if (wish.leadId === leadId) throw refuse('leadId', 'a lead cannot be linked to itself')
  if (wish.leadId !== undefined) await accessLead(deps.hotPool, viewer, wish.leadId as LeadId, 'edit')
  const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
  const into = await deps.db.transaction().execute(async (tx) => {
    if (wish.leadId !== undefined) return joinLead(tx, author, leadId, wish.leadId as LeadId)
    const contactId = await checkContact(tx, viewer, wish.contactId as ContactId)
    const openLead = await findOpenLead(tx, accountId, contactId, leadId)
    if (openLead === undefined) return joinContact(tx, author, leadId, contactId)
    if (!covers(ownersFor(viewer, 'leads', 'edit'), openLead.responsible_user_id))
      throw new AppError('conflict', 'This contact has an open lead that your role does not let you change.')
    return joinLead(tx, author, leadId, openLead.id)
  })
  deps.nudge(accountId)
  return getLead(deps.hotPool, accountId, into)
}

async function lockBoth(tx: Tx, { accountId, now }: LeadAuthor, leadId: LeadId, others: readonly LeadId[]) {
  const found = await lockConversations(tx, accountId, [leadId, ...others])
  const from = found.get(leadId)
  await mustBeIncoming(tx, accountId, leadId, from?.lead, now)
  return { from: from as Conversation, found }
}

async function joinLead(tx: Tx, author: LeadAuthor, leadId: LeadId, toId: LeadId): Promise<LeadId> {
  const { accountId, now } = author
  const { from, found } = await lockBoth(tx, author, leadId, [toId])
  const to = found.get(toId)
  if (!to || to.lead.deleted_at !== null) throw refuse('leadId', 'there is no such lead in this account any more')
  await moveConversation(tx, accountId, from, { leadId: toId, contactId: to.lead.contact_id })
  const taskIds = await moveTasks(tx, accountId, { from: leadId, to: toId })
  await markDeleted(tx, accountId, leadId, now)
  await forget(tx, author, from, to.lead.contact_id, { toLeadId: toId, taskIds })
  await tx
    .updateTable('lead')
    .set({ updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', toId)
    .execute()
  await writeHistory(tx, author, [{ leadId: toId, field: 'linked_lead', before: null, after: from.lead.title }])
  const chats = chatIdsOf(from)
  const about = (type: NewEvent['type'], id: LeadId, of: typeof chats) =>
    aboutEach(of, (chat): NewEvent => ({ type, leadId: id, actorId: author.userId, ...chat }))
  await appendEvents(tx, accountId, [
    ...about('lead.linked', leadId, chats),
    ...about('lead.updated', toId, [...chats, ...chatIdsOf(to)]),
    ...tasksOf(author, taskIds),
  ])
  return toId
}

/** The contact has nothing open: the incoming lead is his from now on. */
async function joinContact(tx: Tx, author: LeadAuthor, leadId: LeadId, contactId: ContactId): Promise<LeadId> {
  const { accountId, userId, now } = author
  const { from } = await lockBoth(tx, author, leadId, [])
  await holdContact(tx, accountId, contactId)
  if (from.lead.contact_id === contactId) return leadId
  await moveConversation(tx, accountId, from, { leadId, contactId })
  await tx
    .updateTable('lead')
    .set({ contact_id: contactId, updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
  await forget(tx, author, from, contactId, { toLeadId: null, taskIds: [] })
  await writeHistory(tx, author, linesOf(leadId, { ...from.lead }, { contact_id: contactId }))
  await appendEvents(
    tx,
    accountId,
    aboutEach(chatIdsOf(from), (about): NewEvent => ({ type: 'lead.updated', leadId, actorId: userId, ...about })),
  )
  return leadId
}

/** Takes the contact away that came with the incoming lead, and keeps what was. */
async function forget(
  tx: Tx,
  author: LeadAuthor,
  from: Conversation,
  toContactId: ContactId,
  gone: Pick<Was, 'toLeadId' | 'taskIds'>,
): Promise<void> {
  const { accountId, now } = author
  const { lead } = from
  const removedContactId = lead.contact_id === toContactId ? null : await removeLonelyContact(tx, accountId, lead, now)
  const people = new Map([
    ...(removedContactId === null ? [] : from.contactParticipants).map((one) => [one.id, one] as const),
    ...from.participants.map((one) => [one.id, one] as const),
  ])
  const was = toWas(from, { participants: [...people.values()], removedContactId, ...gone })
  await saveUndo(tx, author, lead.id, 'linked', was)
}

async function checkContact(tx: Tx, viewer: Viewer, contactId: ContactId): Promise<ContactId> {
  const contact = await tx
    .selectFrom('contact')
    .select(['id', 'responsible_user_id'])
    .where('account_id', '=', viewer.account.id)
    .where('id', '=', contactId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (contact && covers(ownersFor(viewer, 'contacts'), contact.responsible_user_id)) return contact.id
  throw new AppError('not_found', 'There is no such contact in this account.')
}

/** The one the client's next chat would join by itself: the one that was touched last. */
async function findOpenLead(tx: Tx, accountId: AccountId, contactId: ContactId, besides: LeadId) {
  return tx
    .selectFrom('lead')
    .select(['id', 'responsible_user_id'])
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .where('id', '<>', besides)
    .where('deleted_at', 'is', null)
    .where('stage_id', 'not in', [STAGE_WON, STAGE_LOST])
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
