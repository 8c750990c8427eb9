import type { AccountId, ChangeFieldsRequest, Lead, LeadId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { writeFieldValues } from '../fields/write-field-values.ts'
import type { Viewer } from '../users/viewer.ts'
import { aboutEach, listChatsOf } from './about-each.ts'
import { staleLead } from './check-fresh.ts'
import { getLead } from './lead-queries.ts'
import { writeHistory } from './write-history.ts'

type LeadDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/**
 * Writes custom fields of a lead, and what was there before into its history. The caller has asked `accessLead(…, 'edit')`.
 * @throws {AppError} `not_found`; `invalid_request` as `fields.<id>: why`; `conflict`: it is not what the caller saw
 */
export async function changeLeadFields(
  deps: LeadDeps,
  { account, user }: Viewer,
  leadId: LeadId,
  { values, was }: ChangeFieldsRequest,
): Promise<Lead> {
  const accountId = account.id
  const now = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    await lockLead(tx, accountId, leadId)
    const changed = await writeFieldValues(tx, { accountId, entity: 'lead', id: leadId }, values, was).catch(
      async (error: unknown) => {
        throw await tellWhose(tx, accountId, leadId, error)
      },
    )
    if (changed.length === 0) return
    const lines = changed.map(({ field, before, after }) => ({ field: `field:${field.id}`, before, after }))
    await writeLeadChange(tx, { accountId, leadId, userId: user.id, now }, lines)
  })
  deps.nudge(accountId)
  return getLead(deps.hotPool, accountId, leadId)
}

/** Who was faster stands in the lead's history. */
async function tellWhose(tx: Tx, accountId: AccountId, leadId: LeadId, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError) || error.code !== 'conflict') return error
  const { field, theirs } = error.details as { field: string; theirs: unknown }
  const line = field.replace('fields.', 'field:')
  return staleLead(tx, { accountId, leadId, line }, { field, theirs })
}

/** @throws {AppError} `not_found` */
export async function lockLead(tx: Tx, accountId: AccountId, leadId: LeadId) {
  const lead = await tx
    .selectFrom('lead')
    .select(['id', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!lead) throw new AppError('not_found', 'There is no such lead in this account.')
  return lead
}

interface LeadAuthor {
  accountId: AccountId
  leadId: LeadId
  userId: UserId | null
  now: Date
}

/** The history, the lead's own time and an event for every chat of it: the last part of a transaction. */
export async function writeLeadChange(
  tx: Tx,
  { accountId, leadId, userId, now }: LeadAuthor,
  lines: readonly { field: string; before: unknown; after: unknown }[],
): Promise<void> {
  await writeHistory(
    tx,
    { accountId, userId, now },
    lines.map((line) => ({ ...line, leadId })),
  )
  await tx
    .updateTable('lead')
    .set({ updated_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', leadId)
    .execute()
  const chats = await listChatsOf(tx, accountId, [leadId])
  await appendEvents(
    tx,
    accountId,
    aboutEach(
      chats.map((row) => row.chat_id),
      (about): NewEvent => ({ type: 'lead.updated', leadId, actorId: userId, ...about }),
    ),
  )
}
