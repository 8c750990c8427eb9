import type {
  AcceptLeadRequest,
  AccountId,
  ChatId,
  ContactId,
  Lead,
  LeadId,
  Pipeline,
  PipelineId,
  StageId,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { aboutEach } from './about-each.ts'
import { getLead, listPipelines } from './lead-queries.ts'

interface IncomingLead {
  accountId: AccountId
  leadId: LeadId
  /** Who decides. */
  userId: UserId
}

type LeadDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/**
 * Takes an incoming lead into work: it moves to the chosen stage, else the first open one, and is the user's.
 * @throws {AppError} `not_found`; `conflict` when somebody was faster; `invalid_request` for a stage it cannot go to
 */
export async function acceptLead(
  deps: LeadDeps,
  { accountId, leadId, userId }: IncomingLead,
  into: AcceptLeadRequest,
): Promise<Lead> {
  const pipelines = await listPipelines(deps.db, accountId)
  await deps.db.transaction().execute(async (tx) => {
    const chats = await lockChatsOf(tx, accountId, leadId)
    const lead = await lockIncoming(tx, accountId, leadId)
    const target = pickStage(pipelines, lead.pipeline_id, into)
    const now = deps.clock.now()
    await tx
      .updateTable('lead')
      .set((eb) => ({
        is_incoming: false,
        pipeline_id: target.pipelineId,
        stage_id: target.stageId,
        stage_since: now,
        updated_at: now,
        responsible_user_id: eb.fn.coalesce('responsible_user_id', eb.val(userId)),
      }))
      .where('account_id', '=', accountId)
      .where('id', '=', leadId)
      .execute()
    await appendEvents(
      tx,
      accountId,
      aboutEach(chats, (chatId) => ({ type: 'lead.accepted', leadId, ...chatId })),
    )
  })
  deps.nudge(accountId)
  return getLead(deps.hotPool, accountId, leadId)
}

/**
 * Says no to an incoming lead: no lead is left over, nor a contact that came with it; the chat stays, and the client's
 * next message makes a new incoming lead.
 * @throws {AppError} `not_found`; `conflict` when somebody was faster
 */
export async function declineLead(deps: LeadDeps, { accountId, leadId }: IncomingLead): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const chats = await lockChatsOf(tx, accountId, leadId)
    const lead = await lockIncoming(tx, accountId, leadId)
    const now = deps.clock.now()
    await tx
      .updateTable('lead')
      .set({ deleted_at: now, updated_at: now })
      .where('account_id', '=', accountId)
      .where('id', '=', leadId)
      .execute()
    await tx
      .updateTable('talk')
      .set({ closed_at: now })
      .where('account_id', '=', accountId)
      .where('lead_id', '=', leadId)
      .where('closed_at', 'is', null)
      .execute()
    await removeLonelyContact(tx, accountId, lead.contact_id, now)
    await releaseChats(tx, accountId, leadId, chats)
    await appendEvents(
      tx,
      accountId,
      aboutEach(chats, (chatId) => ({ type: 'lead.declined', leadId, ...chatId })),
    )
  })
  deps.nudge(accountId)
}

/** Locks in the order everybody does: chats by id, before anything else of the lead. */
async function lockChatsOf(tx: Tx, accountId: AccountId, leadId: LeadId): Promise<ChatId[]> {
  const rows = await tx
    .selectFrom('chat_state')
    .select('chat_id')
    .where('account_id', '=', accountId)
    .where('chat_id', 'in', (eb) =>
      eb.selectFrom('talk').select('chat_id').where('account_id', '=', accountId).where('lead_id', '=', leadId),
    )
    .orderBy('chat_id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.chat_id)
}

async function lockIncoming(tx: Tx, accountId: AccountId, leadId: LeadId) {
  const lead = await tx
    .selectFrom('lead')
    .select(['pipeline_id', 'contact_id', 'is_incoming', 'deleted_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .forUpdate()
    .executeTakeFirst()
  if (!lead) throw new AppError('not_found', 'There is no such lead in this account.')
  if (lead.deleted_at !== null) throw new AppError('conflict', 'Somebody has declined this lead already.')
  if (!lead.is_incoming) throw new AppError('conflict', 'Somebody has accepted this lead already.')
  return lead
}

async function releaseChats(tx: Tx, accountId: AccountId, leadId: LeadId, chats: readonly ChatId[]): Promise<void> {
  if (chats.length === 0) return
  await tx
    .updateTable('chat_state')
    .set({ contact_id: null, lead_id: null, talk_id: null })
    .where('account_id', '=', accountId)
    .where('chat_id', 'in', chats)
    .where('lead_id', '=', leadId)
    .execute()
}

function pickStage(
  pipelines: readonly Pipeline[],
  current: PipelineId,
  into: AcceptLeadRequest,
): { pipelineId: PipelineId; stageId: StageId } {
  const pipelineId = into.pipelineId ?? current
  const pipeline = pipelines.find((one) => one.id === pipelineId)
  if (!pipeline) throw new AppError('invalid_request', `pipelineId: this account has no pipeline ${pipelineId}`)
  const stage =
    into.stageId === undefined
      ? pipeline.stages.find((one) => one.kind === 'open')
      : pipeline.stages.find((one) => one.id === into.stageId && one.kind !== 'incoming')
  if (!stage)
    throw new AppError(
      'invalid_request',
      `stageId: pipeline ${pipeline.name} has no such stage a lead can be accepted into`,
    )
  return { pipelineId: pipeline.id, stageId: stage.id }
}

/** A contact nobody else needs goes with its only lead; the person in the messenger then belongs to no contact. */
async function removeLonelyContact(tx: Tx, accountId: AccountId, contactId: ContactId, now: Date): Promise<void> {
  const removed = await tx
    .updateTable('contact as c')
    .set({ deleted_at: now })
    .where('c.account_id', '=', accountId)
    .where('c.id', '=', contactId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('lead as other')
            .select('other.id')
            .whereRef('other.account_id', '=', 'c.account_id')
            .whereRef('other.contact_id', '=', 'c.id')
            .where('other.deleted_at', 'is', null),
        ),
      ),
    )
    .returning('c.id')
    .executeTakeFirst()
  if (!removed) return
  await tx
    .updateTable('participant')
    .set({ contact_id: null })
    .where('account_id', '=', accountId)
    .where('contact_id', '=', removed.id)
    .execute()
}
