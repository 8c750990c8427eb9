import type { AccountId, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach } from './about-each.ts'
import type { LeadDeps } from './accept-lead.ts'
import { mustBeIncoming } from './incoming-conflict.ts'
import { type Conversation, chatIdsOf, lockConversations, removeLonelyContact, toWas } from './lock-conversation.ts'
import { saveUndo } from './undo-record.ts'
import type { LeadAuthor } from './write-history.ts'

/**
 * Says no to an incoming lead: no lead is left over, nor a contact that came with it; the chat stays, and the client's
 * next message makes a new incoming lead. Can be taken back for an hour; then what was taken away goes for good.
 * @throws {AppError} `not_found`; `conflict` when somebody was faster
 */
export async function declineLead(deps: LeadDeps, viewer: Viewer, leadId: LeadId): Promise<void> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute(async (tx) => {
    const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
    const conversation = (await lockConversations(tx, accountId, [leadId])).get(leadId)
    const lead = await mustBeIncoming(tx, accountId, leadId, conversation?.lead, author.now)
    if (!conversation) throw new Error('A lead is not there that was just found.')
    const removedContactId = await removeLonelyContact(tx, accountId, lead, author.now)
    const participants = removedContactId === null ? [] : conversation.contactParticipants
    await saveUndo(tx, author, leadId, 'declined', toWas(conversation, { participants, removedContactId }))
    await takeAway(tx, author, conversation, 'lead.declined')
  })
  deps.nudge(accountId)
}

/**
 * Deletes a lead that is in work; its contact and chats stay. Can be taken back for a month.
 * @throws {AppError} `not_found`; `conflict`: an incoming lead is declined instead
 */
export async function deleteLead(deps: LeadDeps, viewer: Viewer, leadId: LeadId): Promise<void> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute(async (tx) => {
    const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
    const conversation = (await lockConversations(tx, accountId, [leadId])).get(leadId)
    if (!conversation || conversation.lead.deleted_at !== null)
      throw new AppError('not_found', 'There is no such lead in this account.')
    if (conversation.lead.is_incoming) throw new AppError('conflict', 'This lead is incoming: decline it.')
    await saveUndo(tx, author, leadId, 'deleted', toWas(conversation, { participants: [] }))
    await takeAway(tx, author, conversation, 'lead.deleted')
  })
  deps.nudge(accountId)
}

/** The lead goes, its talks end, its chats are nobody's. */
async function takeAway(
  tx: Tx,
  { accountId, userId, now }: LeadAuthor,
  conversation: Conversation,
  type: NewEvent['type'],
): Promise<void> {
  const { lead } = conversation
  await markDeleted(tx, accountId, lead.id, now)
  await tx
    .updateTable('talk')
    .set({ closed_at: now })
    .where('account_id', '=', accountId)
    .where('lead_id', '=', lead.id)
    .where('closed_at', 'is', null)
    .execute()
  const chats = chatIdsOf(conversation)
  if (chats.length > 0)
    await tx
      .updateTable('chat_state')
      .set({ contact_id: null, lead_id: null, talk_id: null })
      .where('account_id', '=', accountId)
      .where('chat_id', 'in', chats)
      .execute()
  await appendEvents(
    tx,
    accountId,
    aboutEach(chats, (about) => ({ type, leadId: lead.id, actorId: userId, ...about })),
  )
}

export async function markDeleted(tx: Tx, accountId: AccountId, leadId: LeadId, now: Date): Promise<void> {
  await tx
    .updateTable('lead')
    .set({ deleted_at: now, updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
}
