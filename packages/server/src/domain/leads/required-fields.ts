import type { AccountId, ContactId, FieldId, LeadId, RequiredField } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { LeadValues, StageTarget } from './plan-change.ts'

interface Entering extends LeadValues {
  id: LeadId
  contact_id: ContactId
}

/** What the stage asks for and the lead, as it would enter, does not have. Back to where it has just come from it may always go. */
export async function listMissing(
  tx: Tx,
  accountId: AccountId,
  lead: Entering,
  target: StageTarget,
): Promise<RequiredField[]> {
  const asked = target.required_fields as RequiredField[]
  if (asked.length === 0 || (await hasJustLeft(tx, accountId, lead.id, target))) return []
  const present = await listPresent(tx, accountId, lead)
  for (const field of await listFilledFields(tx, accountId, lead.id, asked)) present.add(field)
  return asked.filter((field) => !present.has(field))
}

/** @throws {AppError} `invalid_request` whose details name what is missing */
export function refuseMissing(target: StageTarget, missing: readonly RequiredField[]): void {
  if (missing.length === 0) return
  throw new AppError('invalid_request', `stageId: ${target.name} asks for what this lead does not have yet.`, {
    details: { field: 'stageId', missing },
  })
}

async function hasJustLeft(tx: Tx, accountId: AccountId, leadId: LeadId, target: StageTarget): Promise<boolean> {
  const last = await tx
    .selectFrom('lead_change')
    .select('before')
    .where('account_id', '=', accountId)
    .where('lead_id', '=', leadId)
    .where('field', '=', 'stage_id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.before === target.id
}

async function listPresent(tx: Tx, accountId: AccountId, lead: Entering): Promise<Set<RequiredField>> {
  const contact = await tx
    .selectFrom('contact')
    .select(['phone', 'email'])
    .where('account_id', '=', accountId)
    .where('id', '=', lead.contact_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const present = new Set<RequiredField>()
  if (lead.price > 0) present.add('price')
  if (lead.responsible_user_id !== null) present.add('responsible')
  if (lead.loss_reason_id !== null) present.add('lossReason')
  if (contact?.phone) present.add('phone')
  if (contact?.email) present.add('email')
  return present
}

const FIELD = 'field:'

/** Those of the account's own fields that are asked for and filled in; one that is hidden is not asked for any more. */
async function listFilledFields(
  tx: Tx,
  accountId: AccountId,
  leadId: LeadId,
  asked: readonly RequiredField[],
): Promise<RequiredField[]> {
  const ids = asked
    .filter((field) => field.startsWith(FIELD))
    .map((field) => Number(field.slice(FIELD.length)) as FieldId)
  if (ids.length === 0) return []
  const open = await tx
    .selectFrom('custom_field as f')
    .select('f.id')
    .where('f.account_id', '=', accountId)
    .where('f.id', 'in', ids)
    .where('f.entity', '=', 'lead')
    .where('f.hidden_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('field_value as v')
            .select('v.field_id')
            .whereRef('v.account_id', '=', 'f.account_id')
            .whereRef('v.field_id', '=', 'f.id')
            .where('v.entity', '=', 'lead')
            .where('v.entity_id', '=', leadId),
        ),
      ),
    )
    .execute()
  const missing = new Set(open.map(({ id }) => id))
  return ids.filter((id) => !missing.has(id)).map((id): RequiredField => `field:${id}`)
}
