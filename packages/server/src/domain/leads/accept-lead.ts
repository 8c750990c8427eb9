import type { AcceptLeadRequest, AccountId, Lead, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach } from './about-each.ts'
import { findTarget } from './find-target.ts'
import { mustBeIncoming } from './incoming-conflict.ts'
import { getLead } from './lead-queries.ts'
import { chatIdsOf, lockConversations, toWas } from './lock-conversation.ts'
import { placeLead } from './place-lead.ts'
import { listMissing, refuseMissing } from './required-fields.ts'
import { saveUndo } from './undo-record.ts'
import { linesOf, writeHistory } from './write-history.ts'

export type LeadDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/**
 * Takes an incoming lead into work: it moves to the chosen stage, else the first open one, and is the user's unless it was
 * given to somebody already.
 * @throws {AppError} `not_found`; `conflict` when somebody was faster; `invalid_request` for a stage it cannot go to, and for
 *   what that stage asks for (`details.missing`)
 */
export async function acceptLead(
  deps: LeadDeps,
  viewer: Viewer,
  leadId: LeadId,
  into: AcceptLeadRequest,
): Promise<Lead> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute((tx) => accept(tx, deps, viewer, leadId, into))
  deps.nudge(accountId)
  return getLead(deps.hotPool, accountId, leadId)
}

async function accept(
  tx: Tx,
  deps: LeadDeps,
  { account, user }: Viewer,
  leadId: LeadId,
  into: AcceptLeadRequest,
): Promise<void> {
  const author = { accountId: account.id, userId: user.id, now: deps.clock.now() }
  const target = await findTarget(tx, account.id, leadId, {
    ...into,
    pipelineId: into.pipelineId ?? (await pipelineOf(tx, account.id, leadId)),
  })
  const conversation = (await lockConversations(tx, account.id, [leadId])).get(leadId)
  const lead = await mustBeIncoming(tx, account.id, leadId, conversation?.lead, author.now)
  if (!target || !conversation) throw new Error('An incoming lead has no pipeline.')
  const values = {
    pipeline_id: target.pipeline_id,
    stage_id: target.id,
    responsible_user_id: lead.responsible_user_id ?? user.id,
  }
  refuseMissing(target, await listMissing(tx, account.id, { ...lead, ...values }, target))
  const { rank, events } = await placeLead(tx, account.id, leadId, target, into.place ?? {})
  await tx
    .updateTable('lead')
    .set({ ...values, rank, is_incoming: false, stage_since: author.now, updated_at: author.now })
    .where('account_id', '=', account.id)
    .where('id', '=', leadId)
    .execute()
  await saveUndo(tx, author, leadId, 'accepted', toWas(conversation))
  await writeHistory(tx, author, linesOf(leadId, { ...lead }, values))
  await appendEvents(tx, account.id, [
    ...aboutEach(chatIdsOf(conversation), (about) => ({
      type: 'lead.accepted' as const,
      leadId,
      actorId: user.id,
      ...about,
    })),
    ...events,
  ])
}

async function pipelineOf(tx: Tx, accountId: AccountId, leadId: LeadId): Promise<number | undefined> {
  const lead = await tx
    .selectFrom('lead')
    .select('pipeline_id')
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .executeTakeFirst()
  return lead?.pipeline_id
}
