import type { AccountId, ChangeLeadRequest, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { LeadValues } from './plan-change.ts'

/** How a field of a request stands in a lead's row and in its history. */
const COLUMNS = {
  title: 'title',
  price: 'price',
  responsibleUserId: 'responsible_user_id',
  pipelineId: 'pipeline_id',
  stageId: 'stage_id',
  lossReasonId: 'loss_reason_id',
} as const satisfies Partial<Record<keyof ChangeLeadRequest, keyof LeadValues>>

/**
 * Somebody who saw something else than what is there now is not to write over it, unless it is what he wants anyway.
 * @throws {AppError} `conflict`: `details` tell the field, what stands there, whose it is and since when
 */
export async function checkFresh(
  tx: Tx,
  accountId: AccountId,
  lead: LeadValues & { id: LeadId },
  { was = {}, ...wanted }: ChangeLeadRequest,
): Promise<void> {
  for (const [field, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, keyof LeadValues][]) {
    const isAsked = was[field] !== undefined && wanted[field] !== undefined
    const theirs = lead[column]
    if (isAsked && theirs !== was[field] && theirs !== wanted[field])
      throw await staleLead(tx, { accountId, leadId: lead.id, line: column }, { field, theirs })
  }
}

/** Where in the history of a lead it is written down. */
interface HistoryPlace {
  accountId: AccountId
  leadId: LeadId
  line: string
}

/** The refusal of a change that was planned on top of an older value. */
export async function staleLead(
  tx: Tx,
  { accountId, leadId, line }: HistoryPlace,
  { field, theirs }: { field: string; theirs: unknown },
): Promise<AppError> {
  const last = await tx
    .selectFrom('lead_change as h')
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'h.account_id').onRef('u.id', '=', 'h.actor_user_id'),
    )
    .select(['h.changed_at', 'u.id', 'u.name'])
    .where('h.account_id', '=', accountId)
    .where('h.lead_id', '=', leadId)
    .where('h.field', '=', line)
    .orderBy('h.changed_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const by = last && last.id !== null ? { id: last.id, name: last.name } : null
  const details = { field, theirs, by, at: last?.changed_at.getTime() ?? null }
  return new AppError('conflict', `${field}: ${by?.name ?? 'Somebody'} has changed it meanwhile.`, { details })
}
