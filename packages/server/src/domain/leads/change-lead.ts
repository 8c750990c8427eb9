import type {
  AccountId,
  ChangeLeadRequest,
  Lead,
  LeadId,
  LossReasonId,
  RequiredField,
  TagId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import type { Deps } from '../deps.ts'
import { checkResponsible } from '../users/check-responsible.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach, listChatsOf } from './about-each.ts'
import { changeTags } from './change-tags.ts'
import { checkFresh } from './check-fresh.ts'
import { findTarget } from './find-target.ts'
import { getLead } from './lead-queries.ts'
import { placeLead } from './place-lead.ts'
import { type LeadValues, planChange, type StageTarget } from './plan-change.ts'
import { listMissing, refuseMissing } from './required-fields.ts'
import { type LeadAuthor, linesOf, writeHistory } from './write-history.ts'

export type { LeadAuthor } from './write-history.ts'

type LeadDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** What a lead was before a change, as far as it changed: an undo puts it back. */
export interface LeadBefore {
  leadId: LeadId
  values: Partial<LeadValues>
  /** Tags that were not on it, and tags that were. */
  addedTagIds: TagId[]
  removedTagIds: TagId[]
}

/**
 * Changes fields, the responsible user, the stage, the place in it and the tags of a lead. The caller has asked
 * `accessLead(…, 'edit')`.
 * @throws {AppError} `not_found`; `invalid_request` names the field, and what the stage asks for (`details.missing`);
 *   `conflict`: an incoming lead has no stage to move from, or somebody changed it meanwhile (`was`)
 */
export async function changeLead(
  deps: LeadDeps,
  { account, user }: Viewer,
  leadId: LeadId,
  patch: ChangeLeadRequest,
): Promise<Lead> {
  const author = { accountId: account.id, userId: user.id, now: deps.clock.now() }
  await deps.db.transaction().execute(async (tx) => {
    const { found, refused, events, target } = await changeLeads(tx, author, [leadId], patch)
    if (!found.has(leadId)) throw new AppError('not_found', 'There is no such lead in this account.')
    if (target) refuseMissing(target, refused[0]?.missing ?? [])
    await appendEvents(tx, account.id, events)
  })
  deps.nudge(account.id)
  return getLead(deps.hotPool, account.id, leadId)
}

export interface ChangedLeads {
  /** Those of the ids that are leads and not deleted, changed or not. */
  found: ReadonlySet<LeadId>
  /** Those the stage did not let in, and what it asks for: nothing of theirs was changed. */
  refused: { leadId: LeadId; missing: RequiredField[] }[]
  /** What was before, of those that changed. */
  before: LeadBefore[]
  /** To be appended last in the transaction; then nudge. */
  events: NewEvent[]
  /** Where they went, when they were to go somewhere. */
  target: StageTarget | undefined
}

/**
 * The same for several leads within a transaction; ids that are no leads are passed over.
 * Locks: the stage, so that it stays, then the leads, in id order.
 * @throws {AppError} `invalid_request` names the field; `conflict`: one is incoming and cannot change its stage, or is not what the
 *   caller saw
 */
export async function changeLeads(
  tx: Tx,
  author: LeadAuthor,
  leadIds: readonly LeadId[],
  patch: ChangeLeadRequest,
): Promise<ChangedLeads> {
  await checkResponsible(tx, author.accountId, patch.responsibleUserId)
  await checkReason(tx, author.accountId, patch.lossReasonId)
  const target = await findTarget(tx, author.accountId, leadIds[0], patch)
  const leads = await lockLeads(tx, author.accountId, leadIds)
  const changed: Pick<ChangedLeads, 'before' | 'refused' | 'events'> = { before: [], refused: [], events: [] }
  for (const lead of leads) {
    await checkFresh(tx, author.accountId, lead, patch)
    const values = planChange(lead, patch, target)
    const missing =
      target && 'stage_id' in values ? await listMissing(tx, author.accountId, { ...lead, ...values }, target) : []
    if (missing.length > 0) {
      changed.refused.push({ leadId: lead.id, missing })
      continue
    }
    const tags = await changeTags(tx, author.accountId, lead.id, patch)
    const moved = await place(tx, author, lead, values, patch)
    changed.events.push(...moved.events)
    if (Object.keys(values).length + tags.added.length + tags.removed.length === 0 && moved.rank === undefined) continue
    await writeValues(tx, author, lead.id, values, moved.rank)
    const was = Object.fromEntries(Object.keys(values).map((field) => [field, lead[field as keyof LeadValues]]))
    await writeHistory(tx, author, [
      ...linesOf(lead.id, was, values),
      ...(tags.added.length + tags.removed.length > 0
        ? [{ leadId: lead.id, field: 'tags', before: tags.removed, after: tags.added }]
        : []),
    ])
    changed.before.push({ leadId: lead.id, values: was, addedTagIds: tags.added, removedTagIds: tags.removed })
  }
  const events = [...(await eventsOf(tx, author, changed.before)), ...changed.events]
  return { ...changed, events, found: new Set(leads.map((lead) => lead.id)), target }
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

type LockedLead = Awaited<ReturnType<typeof lockLeads>>[number]

async function lockLeads(tx: Tx, accountId: AccountId, leadIds: readonly LeadId[]) {
  if (leadIds.length === 0) return []
  return tx
    .selectFrom('lead')
    .select(['id', 'title', 'price', 'responsible_user_id', 'pipeline_id', 'stage_id', 'is_incoming'])
    .select(['loss_reason_id', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('id', 'in', leadIds)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

async function checkReason(tx: Tx, accountId: AccountId, reasonId: number | null | undefined): Promise<void> {
  if (reasonId === undefined || reasonId === null) return
  const reason = await tx
    .selectFrom('loss_reason')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', reasonId as LossReasonId)
    .executeTakeFirst()
  if (!reason) throw refuse('lossReasonId', 'this account has no such loss reason')
}

/** A lead that changes its stage comes on top of the new one, unless somebody dropped it at a place. */
async function place(
  tx: Tx,
  { accountId }: LeadAuthor,
  lead: LockedLead,
  values: Partial<LeadValues>,
  patch: ChangeLeadRequest,
): Promise<{ rank: number | undefined; events: NewEvent[] }> {
  const isMoved = 'stage_id' in values
  if (!isMoved && !patch.place) return { rank: undefined, events: [] }
  const stage = { pipeline_id: values.pipeline_id ?? lead.pipeline_id, id: values.stage_id ?? lead.stage_id }
  return placeLead(tx, accountId, lead.id, stage, patch.place ?? {})
}

async function writeValues(
  tx: Tx,
  { accountId, now }: LeadAuthor,
  leadId: LeadId,
  values: Partial<LeadValues>,
  rank: number | undefined,
): Promise<void> {
  const isMoved = 'stage_id' in values
  // What is only put elsewhere in its stage has not changed.
  const isChanged = Object.keys(values).length > 0 || rank === undefined
  await tx
    .updateTable('lead')
    .set({
      ...values,
      ...(isChanged && { updated_at: now }),
      ...(isMoved && { stage_since: now }),
      ...(rank !== undefined && { rank }),
    })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
}
