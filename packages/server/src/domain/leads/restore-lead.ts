import type { AccountId, ChatId, ContactId, Lead, LeadId, PipelineId, StageId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { holdStanding } from '../contacts/hold-contacts.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach } from './about-each.ts'
import type { LeadDeps } from './accept-lead.ts'
import { accessLead } from './access-lead.ts'
import { markDeleted } from './decline-lead.ts'
import { moveConversation, moveTasks, tasksOf } from './join-leads.ts'
import { getLead } from './lead-queries.ts'
import { type Conversation, lockConversations, removeLonelyContact, toWas } from './lock-conversation.ts'
import { findUndo, saveUndo, type UndoRecord, type Was } from './undo-record.ts'
import { type LeadAuthor, linesOf, writeHistory } from './write-history.ts'

/**
 * Takes the last decision about a lead back: accepted, declined, linked or deleted. Lead, contact, chats and talks are as they
 * were. What the client wrote meanwhile comes along: an incoming lead opened by it joins this one.
 * @throws {AppError} `not_found`: nothing can be taken back; `conflict`: the conversation goes on elsewhere
 */
export async function restoreLead(deps: LeadDeps, viewer: Viewer, leadId: LeadId): Promise<Lead> {
  const accountId = viewer.account.id
  const now = deps.clock.now()
  const undo = await findUndo(deps.db, accountId, leadId, now)
  // Who may not see it is told that there is no such lead, undoable or not.
  await accessLead(deps.hotPool, viewer, leadId, undo?.kind === 'deleted' ? 'delete' : 'edit')
  await deps.db.transaction().execute((tx) => restore(tx, { accountId, userId: viewer.user.id, now }, leadId))
  deps.nudge(accountId)
  return getLead(deps.hotPool, accountId, leadId)
}

async function restore(tx: Tx, author: LeadAuthor, leadId: LeadId): Promise<void> {
  const { accountId } = author
  const undo = await findUndo(tx, accountId, leadId, author.now)
  if (!undo) throw new AppError('not_found', 'There is nothing about this lead that could be taken back any more.')
  const chatIds = undo.was.chats.map(({ id }) => id)
  const others = await listLeadsOf(tx, accountId, chatIds)
  const stage = await findStage(tx, accountId, undo)
  const found = await lockConversations(tx, accountId, [leadId, ...others])
  const own = found.get(leadId)
  // Somebody who asked for the same at the same moment has done it.
  if (!own || (await findUndo(tx, accountId, leadId, author.now))?.id !== undo.id)
    throw new AppError('conflict', 'Somebody has just taken this back.')
  undo.was = await withStanding(tx, accountId, undo.was)
  const since = undo.kind === 'accepted' ? [] : others.filter((id) => id !== leadId && id !== undo.was.toLeadId)
  for (const id of since) await absorb(tx, author, found.get(id), { own, undo })
  await putBackPeople(tx, accountId, undo, since.length > 0)
  await putBackLead(tx, author, own, undo, stage)
  const { toLeadId, taskIds = [] } = undo.was
  const tasks = toLeadId === null ? [] : await moveTasks(tx, accountId, { from: toLeadId, to: leadId, only: taskIds })
  await tx.deleteFrom('lead_undo').where('account_id', '=', accountId).where('id', '=', undo.id).execute()
  await appendEvents(tx, accountId, [...eventsOf(author, leadId, undo, since), ...tasksOf(author, tasks)])
}

/** Contacts that went into others since: these are meant now. */
async function withStanding(tx: Tx, accountId: AccountId, was: Was): Promise<Was> {
  const ids = [was.lead, ...was.chats, ...was.participants, ...was.talks].flatMap(({ contactId }) => contactId ?? [])
  const standing = await holdStanding(tx, accountId, ids)
  const known = <Thing extends { contactId: ContactId | null }>(thing: Thing): Thing =>
    thing.contactId === null ? thing : { ...thing, contactId: standing(thing.contactId) }
  return {
    ...was,
    lead: known(was.lead),
    chats: was.chats.map(known),
    participants: was.participants.map(known),
    talks: was.talks.map(known),
  }
}

function eventsOf(author: LeadAuthor, leadId: LeadId, { was }: UndoRecord, since: readonly LeadId[]): NewEvent[] {
  const by = { actorId: author.userId }
  const chats = was.chats.map(({ id }) => id)
  return [
    ...since.map((id): NewEvent => ({ type: 'lead.linked', leadId: id, ...by })),
    ...(was.toLeadId === null ? [] : [{ type: 'lead.updated' as const, leadId: was.toLeadId, ...by }]),
    ...aboutEach(chats, (about): NewEvent => ({ type: 'lead.restored', leadId, ...by, ...about })),
  ]
}

/** The leads that have these chats now. */
async function listLeadsOf(tx: Tx, accountId: AccountId, chatIds: readonly ChatId[]): Promise<LeadId[]> {
  if (chatIds.length === 0) return []
  const rows = await tx
    .selectFrom('chat_state')
    .select('lead_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('chat_id', 'in', chatIds)
    .where('lead_id', 'is not', null)
    .execute()
  return rows.flatMap(({ lead_id }) => (lead_id === null ? [] : [lead_id]))
}

/** A lead that the client's next message opened meanwhile: nobody has taken it, so it joins the one that comes back. */
async function absorb(
  tx: Tx,
  author: LeadAuthor,
  newer: Conversation | undefined,
  { own, undo }: { own: Conversation; undo: UndoRecord },
): Promise<void> {
  if (!newer) return
  if (!newer.lead.is_incoming)
    throw new AppError('conflict', `The conversation goes on in the lead “${newer.lead.title}” now.`, {
      details: { leadId: newer.lead.id },
    })
  const { accountId, now } = author
  const home = { leadId: own.lead.id, contactId: undo.was.lead.contactId }
  await moveConversation(tx, accountId, newer, home)
  await markDeleted(tx, accountId, newer.lead.id, now)
  const removedContactId =
    newer.lead.contact_id === home.contactId ? null : await removeLonelyContact(tx, accountId, newer.lead, now)
  await saveUndo(tx, author, newer.lead.id, 'linked', toWas(newer, { removedContactId, toLeadId: own.lead.id }))
}

/** Contact, people, chats and talks as they were; a talk that was begun since goes on instead of the one that was ended. */
async function putBackPeople(tx: Tx, accountId: AccountId, undo: UndoRecord, hasNewTalk: boolean): Promise<void> {
  const { kind, leadId, was } = undo
  if (kind === 'accepted') return
  if (was.removedContactId !== null)
    await tx
      .updateTable('contact')
      .set({ deleted_at: null })
      .where('account_id', '=', accountId)
      .where('id', '=', was.removedContactId)
      .execute()
  for (const { id, contactId } of was.participants)
    await tx
      .updateTable('participant')
      .set({ contact_id: contactId })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .execute()
  for (const { id, contactId, talkId } of was.chats)
    await tx
      .updateTable('chat_state')
      .set({ lead_id: leadId, contact_id: contactId, ...(!hasNewTalk && { talk_id: talkId }) })
      .where('account_id', '=', accountId)
      .where('chat_id', '=', id)
      .execute()
  for (const { id, contactId } of was.talks)
    await tx
      .updateTable('talk')
      .set({
        lead_id: leadId,
        contact_id: contactId,
        ...(kind !== 'linked' && !hasNewTalk && { closed_at: null }),
      })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .execute()
}

async function putBackLead(
  tx: Tx,
  author: LeadAuthor,
  { lead }: Conversation,
  { kind, was }: UndoRecord,
  stage: { pipeline_id: PipelineId; stage_id: StageId },
): Promise<void> {
  const { accountId, now } = author
  const values = {
    ...stage,
    contact_id: was.lead.contactId,
    ...(kind === 'accepted' && { responsible_user_id: was.lead.responsibleUserId }),
  }
  await tx
    .updateTable('lead')
    .set({
      ...values,
      deleted_at: null,
      is_incoming: kind !== 'deleted',
      updated_at: now,
      ...(kind === 'accepted' && { rank: was.lead.rank, stage_since: new Date(was.lead.stageSince) }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', lead.id)
    .execute()
  await writeHistory(tx, author, linesOf(lead.id, { ...lead }, values))
}

/** Where it was; when that is gone, where such leads begin. */
async function findStage(tx: Tx, accountId: AccountId, { was, kind }: UndoRecord) {
  const stages = await tx
    .selectFrom('stage as s')
    .innerJoin('pipeline as p', (join) =>
      join.onRef('p.account_id', '=', 's.account_id').onRef('p.id', '=', 's.pipeline_id'),
    )
    .select(['s.pipeline_id', 's.id', 's.kind', 'p.is_main'])
    .where('s.account_id', '=', accountId)
    .orderBy('p.is_main', 'desc')
    .orderBy('s.position')
    .forKeyShare('s')
    .execute()
  const { pipelineId, stageId } = was.lead
  const found =
    stages.find((stage) => stage.pipeline_id === pipelineId && stage.id === stageId) ??
    stages.find((stage) => stage.kind === (kind === 'deleted' ? 'open' : 'incoming'))
  if (!found) throw new Error('An account has no pipeline to put a lead back into.')
  return { pipeline_id: found.pipeline_id, stage_id: found.id }
}
