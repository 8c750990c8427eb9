import type { AccountId, CustomField, FieldEntity, FieldId, FieldValue, GivenFieldValues } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { listFields, toFieldValues, type ValueRow } from './field-queries.ts'
import { readFieldValue } from './read-field-value.ts'

/** What values belong to. */
export interface FieldOwner {
  accountId: AccountId
  entity: FieldEntity
  id: number
}

export interface ChangedField {
  field: CustomField
  before: FieldValue | null
  after: FieldValue | null
}

/**
 * Writes the values that are given and answers those that are different now. The caller holds the owner's row.
 * @throws {AppError} `invalid_request` as `fields.<id>: why`; `conflict`: it is not what the caller saw (`was`)
 */
export async function writeFieldValues(
  tx: Tx,
  owner: FieldOwner,
  given: GivenFieldValues,
  was: GivenFieldValues = {},
): Promise<ChangedField[]> {
  const ids = Object.keys(given)
  if (ids.length === 0) return []
  const fields = await listFields(tx, owner.accountId, owner.entity)
  const now = await readValues(tx, owner)
  const changed: ChangedField[] = []
  for (const id of ids) {
    const field = fields.find((one) => String(one.id) === id && !one.isHidden)
    if (!field) throw refuse(`fields.${id}`, `there is no such field of a ${owner.entity}`)
    const stored = readFieldValue(field, given[id] ?? null)
    const after = toFieldValues(stored.map((value): ValueRow => [field.id, field.type, value.text, value.number]))[id]
    const before = now[id] ?? null
    if (same(before, after ?? null)) continue
    if (id in was && !same(before, was[id] ?? null)) throw staleField(field, before)
    await removeValue(tx, owner, field.id)
    if (stored.length > 0) await insertValue(tx, owner, field.id, stored)
    changed.push({ field, before, after: after ?? null })
  }
  return changed
}

const same = (one: FieldValue | null, other: FieldValue | null) => JSON.stringify(one) === JSON.stringify(other)

function staleField(field: CustomField, theirs: FieldValue | null): AppError {
  return new AppError('conflict', `fields.${field.id}: somebody has changed ${field.name} meanwhile.`, {
    details: { field: `fields.${field.id}`, theirs },
  })
}

/** Those of a thing that are not hidden. */
export async function readValues(tx: Tx, { accountId, entity, id }: FieldOwner) {
  const rows = await tx
    .selectFrom('field_value as v')
    .innerJoin('custom_field as f', (join) =>
      join.onRef('f.account_id', '=', 'v.account_id').onRef('f.id', '=', 'v.field_id'),
    )
    .select(['v.field_id', 'f.type', 'v.text_value', 'v.number_value'])
    .where('v.account_id', '=', accountId)
    .where('v.entity', '=', entity)
    .where('v.entity_id', '=', id)
    .orderBy('v.field_id')
    .orderBy('v.n')
    .execute()
  return toFieldValues(rows.map((row): ValueRow => [row.field_id, row.type, row.text_value, row.number_value]))
}

async function removeValue(tx: Tx, { accountId, entity, id }: FieldOwner, fieldId: FieldId): Promise<void> {
  await tx
    .deleteFrom('field_value')
    .where('account_id', '=', accountId)
    .where('entity', '=', entity)
    .where('entity_id', '=', id)
    .where('field_id', '=', fieldId)
    .execute()
}

async function insertValue(
  tx: Tx,
  { accountId, entity, id }: FieldOwner,
  fieldId: FieldId,
  stored: readonly { text: string | null; number: number | null }[],
): Promise<void> {
  const rows = stored.map(({ text, number }, n) => ({
    account_id: accountId,
    entity,
    entity_id: id,
    field_id: fieldId,
    n,
    text_value: text,
    number_value: number,
  }))
  await tx.insertInto('field_value').values(rows).execute()
}
