import type { AccountId, ChangeLeadRequest, Lead, LeadId, TagId, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach, listChatsOf } from './about-each.ts'
import { getLead } from './lead-queries.ts'
import { type LeadValues, planChange, type StageTarget } from './plan-change.ts'

type LeadDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** Who changes leads of which account, and when. */
export interface LeadAuthor {
  accountId: AccountId
  /** Null: nobody, a rule of the account did. */
  userId: UserId | null
  now: Date
}

/** What a lead was before a change, as far as it changed: an undo puts it back. */
export interface LeadBefore {
  leadId: LeadId
  values: Partial<LeadValues>
  /** Tags that were not on it, and tags that were. */
  addedTagIds: TagId[]
  removedTagIds: TagId[]
}

/**
 * Changes fields, the responsible user, the stage and the tags of a lead. The caller has asked `accessLead(…, 'edit')`.
 * @throws {AppError} `not_found`; `invalid_request` names the field; `conflict`: an incoming lead has no stage to move from
 */
export async function changeLead(
  deps: LeadDeps,
  { account, user }: Viewer,
  leadId: LeadId,
  patch: ChangeLeadRequest,
): Promise<Lead> {
  const author = { accountId: account.id, userId: user.id, now: deps.clock.now() }
  await deps.db.transaction().execute(async (tx) => {
    const changed = await changeLeads(tx, author, [leadId], patch)
    if (!changed.found.has(leadId)) throw new AppError('not_found', 'There is no such lead in this account.')
    await appendEvents(tx, account.id, changed.events)
  })
  deps.nudge(account.id)
  return getLead(deps.hotPool, account.id, leadId)
}

export interface ChangedLeads {
  /** Those of the ids that are leads and not deleted, changed or not. */
  found: ReadonlySet<LeadId>
  /** What was before, of those that changed. */
  before: LeadBefore[]
  /** To be appended last in the transaction; then nudge. */
  events: NewEvent[]
}

/**
 * The same for several leads within a transaction; ids that are no leads are passed over.
 * Locks: the leads, in id order.
 * @throws {AppError} `invalid_request` names the field; `conflict`: one is incoming and cannot change its stage
 */
export async function changeLeads(
  tx: Tx,
  author: LeadAuthor,
  leadIds: readonly LeadId[],
  patch: ChangeLeadRequest,
): Promise<ChangedLeads> {
  await checkResponsible(tx, author.accountId, patch.responsibleUserId)
  const leads = await lockLeads(tx, author.accountId, leadIds)
  const target = await findTarget(tx, author.accountId, patch, leads[0]?.pipeline_id)
  const before: LeadBefore[] = []
  for (const lead of leads) {
    const values = planChange(lead, patch, target)
    const tags = await changeTags(tx, author, lead.id, patch)
    if (Object.keys(values).length === 0 && tags.added.length === 0 && tags.removed.length === 0) continue
    await writeValues(tx, author, lead.id, values)
    const was = Object.fromEntries(Object.keys(values).map((field) => [field, lead[field as keyof LeadValues]]))
    await writeHistory(tx, author, lead.id, [
      ...Object.entries(values).map(([field, after]) => ({ field, before: was[field], after })),
      ...(tags.added.length + tags.removed.length > 0
        ? [{ field: 'tags', before: tags.removed, after: tags.added }]
        : []),
    ])
    before.push({ leadId: lead.id, values: was, addedTagIds: tags.added, removedTagIds: tags.removed })
  }
  const events = await eventsOf(tx, author, before)
  return { found: new Set(leads.map((lead) => lead.id)), before, events }
}

/** An event for every chat of every changed lead. */
async function eventsOf(tx: Tx, { accountId, userId }: LeadAuthor, before: readonly LeadBefore[]): Promise<NewEvent[]> {
  const chats = await listChatsOf(
    tx,
    accountId,
    before.map((one) => one.leadId),
  )
  return before.flatMap(({ leadId }) =>
    aboutEach(
      chats.filter((row) => row.lead_id === leadId).map((row) => row.chat_id),
      (about): NewEvent => ({ type: 'lead.updated', leadId, actorId: userId, ...about }),
    ),
  )
}

async function lockLeads(tx: Tx, accountId: AccountId, leadIds: readonly LeadId[]) {
  if (leadIds.length === 0) return []
  return tx
    .selectFrom('lead')
    .select(['id', 'title', 'price', 'responsible_user_id', 'pipeline_id', 'stage_id', 'is_incoming'])
    .where('account_id', '=', accountId)
    .where('id', 'in', leadIds)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function checkResponsible(db: Db, accountId: AccountId, userId: number | null | undefined): Promise<void> {
  if (userId === undefined || userId === null) return
  const user = await db
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', userId as UserId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!user) throw refuse('responsibleUserId', 'nobody in this account has this id, or he was switched off')
}

/** The stage the leads go to; undefined when they stay where they are. */
async function findTarget(
  db: Db,
  accountId: AccountId,
  { pipelineId, stageId }: ChangeLeadRequest,
  current: number | undefined,
): Promise<StageTarget | undefined> {
  if (pipelineId === undefined && stageId === undefined) return undefined
  const stages = await db
    .selectFrom('stage')
    .select(['pipeline_id', 'id', 'kind'])
    .where('account_id', '=', accountId)
    .where('pipeline_id', '=', (pipelineId ?? current ?? 0) as StageTarget['pipeline_id'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  if (stages.length === 0) throw refuse('pipelineId', 'this account has no such pipeline')
  const target = stages.find((stage) => (stageId === undefined ? stage.kind === 'open' : stage.id === stageId))
  if (!target) throw refuse('stageId', 'the pipeline has no such stage')
  if (target.kind === 'incoming') throw refuse('stageId', 'a lead cannot become an incoming one again')
  return target
}

async function writeValues(
  tx: Tx,
  { accountId, now }: LeadAuthor,
  leadId: LeadId,
  values: Partial<LeadValues>,
): Promise<void> {
  await tx
    .updateTable('lead')
    .set({ ...values, updated_at: now, ...('stage_id' in values && { stage_since: now }) })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
}

interface HistoryLine {
  field: string
  before: unknown
  after: unknown
}

async function writeHistory(
  tx: Tx,
  { accountId, userId, now }: LeadAuthor,
  leadId: LeadId,
  lines: readonly HistoryLine[],
): Promise<void> {
  const rows = lines.map(({ field, before, after }) => ({
    account_id: accountId,
    lead_id: leadId,
    field,
    before: JSON.stringify(before ?? null),
    after: JSON.stringify(after ?? null),
    actor_user_id: userId,
    changed_at: now,
  }))
  await tx.insertInto('lead_change').values(rows).execute()
}

/** Answers what really came and went. */
async function changeTags(
  tx: Tx,
  { accountId }: LeadAuthor,
  leadId: LeadId,
  { addTagIds = [], removeTagIds = [] }: ChangeLeadRequest,
): Promise<{ added: TagId[]; removed: TagId[] }> {
  const added =
    addTagIds.length === 0
      ? []
      : await tx
          .insertInto('lead_tag')
          .columns(['account_id', 'lead_id', 'tag_id'])
          .expression((eb) =>
            eb
              .selectFrom('tag')
              .select((tag) => ['account_id', tag.val(leadId).as('lead_id'), 'id'])
              .where('account_id', '=', accountId)
              .where('id', 'in', addTagIds as TagId[]),
          )
          .onConflict((conflict) => conflict.doNothing())
          .returning('tag_id')
          .execute()
  const removed =
    removeTagIds.length === 0
      ? []
      : await tx
          .deleteFrom('lead_tag')
          .where('account_id', '=', accountId)
          .where('lead_id', '=', leadId)
          .where('tag_id', 'in', removeTagIds as TagId[])
          .returning('tag_id')
          .execute()
  return { added: added.map((row) => row.tag_id), removed: removed.map((row) => row.tag_id) }
}
