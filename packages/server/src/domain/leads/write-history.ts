import type { AccountId, LeadId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

/** Who changes leads of which account, and when. */
export interface LeadAuthor {
  accountId: AccountId
  /** Null: nobody, a rule of the account did. */
  userId: UserId | null
  now: Date
}

export interface HistoryLine {
  leadId: LeadId
  field: string
  before: unknown
  after: unknown
}

/** Keeps what a lead was before, field by field. */
export async function writeHistory(
  tx: Tx,
  { accountId, userId, now }: LeadAuthor,
  lines: readonly HistoryLine[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map(({ leadId, field, before, after }) => ({
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

/** The lines of what became different. */
export const linesOf = (
  leadId: LeadId,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): HistoryLine[] =>
  Object.entries(after)
    .filter(([field, value]) => before[field] !== value)
    .map(([field, value]) => ({ leadId, field, before: before[field], after: value }))
