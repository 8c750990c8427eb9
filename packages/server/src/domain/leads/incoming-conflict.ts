import type { AccountId, LeadId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { LeadUndoKind } from '../../db/schema/crm.ts'
import { AppError } from '../../lib/app-error.ts'
import type { LockedLead } from './lock-conversation.ts'
import { findUndo } from './undo-record.ts'

const JUST_NOW_MS = 60_000

/** @throws {AppError} `not_found`; `conflict`: somebody has decided about it, and says who */
export async function mustBeIncoming(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId,
  lead: LockedLead | undefined,
  now: Date,
): Promise<LockedLead> {
  if (lead?.is_incoming && lead.deleted_at === null) return lead
  const undo = await findUndo(tx, accountId, leadId, now)
  if (undo) throw await conflictOf(tx, accountId, undo, now)
  if (!lead) throw new AppError('not_found', 'There is no such lead in this account.')
  throw new AppError(
    'conflict',
    `Somebody has ${lead.deleted_at === null ? 'accepted' : 'declined'} this lead already.`,
  )
}

const DONE: Record<LeadUndoKind, string> = {
  accepted: 'accepted it',
  declined: 'declined it',
  linked: 'linked it',
  deleted: 'deleted it',
}

async function conflictOf(
  tx: Tx,
  accountId: AccountId,
  { userId, kind, doneAt }: { userId: number | null; kind: LeadUndoKind; doneAt: Date },
  now: Date,
): Promise<AppError> {
  const user = await tx
    .selectFrom('account_user')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('id', '=', (userId ?? 0) as never)
    .executeTakeFirst()
  const agoMs = now.getTime() - doneAt.getTime()
  const when = agoMs < JUST_NOW_MS ? 'a moment ago' : `${Math.round(agoMs / 60_000)} min ago`
  return new AppError('conflict', `${user?.name ?? 'Somebody'} ${DONE[kind]} ${when}.`, {
    details: { decision: kind, by: user ?? null, at: doneAt.getTime() },
  })
}
