import type {
  AccountId,
  CustomField,
  FieldEntity,
  FieldId,
  FieldType,
  FieldUse,
  FieldValue,
  FieldValues,
} from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

const COLUMNS = ['id', 'entity', 'type', 'name', 'section', 'options', 'is_required', 'hidden_at'] as const

/** The fields of an account in their order, hidden ones included. */
export async function listFields(db: Db, accountId: AccountId, entity?: FieldEntity): Promise<CustomField[]> {
  const rows = await db
    .selectFrom('custom_field')
    .select(COLUMNS)
    .where('account_id', '=', accountId)
    .$if(entity !== undefined, (query) => query.where('entity', '=', entity!))
    .orderBy('entity', 'desc')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(({ options, is_required, hidden_at, ...field }) => ({
    ...field,
    options: options ?? [],
    isRequired: is_required,
    isHidden: hidden_at !== null,
  }))
}

/** @throws {AppError} `not_found` */
export async function getField(db: Db, accountId: AccountId, id: FieldId): Promise<CustomField> {
  const field = (await listFields(db, accountId)).find((one) => one.id === id)
  if (!field) throw new AppError('not_found', 'There is no such field in this account.')
  return field
}

/**
 * In how many leads or contacts something stands in the field, and which of its options.
 * @throws {AppError} `not_found`
 */
export async function countFieldUse(db: Db, accountId: AccountId, id: FieldId): Promise<FieldUse> {
  const field = await getField(db, accountId, id)
  const values = db.selectFrom('field_value').where('account_id', '=', accountId).where('field_id', '=', id)
  const { count } = await values
    .select((eb) => eb.fn.count<number>('entity_id').distinct().as('count'))
    .executeTakeFirstOrThrow()
  if (field.options.length === 0) return { count, options: [] }
  const options = await values
    .select((eb) => ['number_value', eb.fn.countAll<number>().as('n')])
    .groupBy('number_value')
    .execute()
  return { count, options: options.map(({ number_value, n }) => ({ id: number_value ?? 0, count: n })) }
}

/** One row of `field_value`, with its field's type. */
export type ValueRow = [fieldId: FieldId, type: FieldType, text: string | null, number: number | null]

/** For hand-written SQL: the values of a thing as `ValueRow[]`, without those of hidden fields; null when there are none. */
export const fieldValuesSql = (entity: FieldEntity, table: string): string =>
  `(select jsonb_agg(jsonb_build_array(v.field_id, f.type, v.text_value, v.number_value) order by v.field_id, v.n)
    from field_value v join custom_field f on f.account_id = v.account_id and f.id = v.field_id and f.hidden_at is null
    where v.account_id = ${table}.account_id and v.entity = '${entity}' and v.entity_id = ${table}.id)`

export function toFieldValues(rows: readonly ValueRow[] | null): FieldValues {
  const values: FieldValues = {}
  for (const [fieldId, type, text, number] of rows ?? []) {
    const before = values[fieldId]
    values[fieldId] = toFieldValue(type, text, number, before)
  }
  return values
}

function toFieldValue(
  type: FieldType,
  text: string | null,
  number: number | null,
  before: FieldValue | undefined,
): FieldValue {
  if (type === 'multiselect') return [...(Array.isArray(before) ? before : []), number ?? 0]
  if (type === 'checkbox') return number === 1
  return text ?? number ?? ''
}
