import type { AccountId, FieldEntity, NamedValue } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { listFields, toFieldValues, type ValueRow } from '../fields/field-queries.ts'

/** What stands in the account's own fields, in hidden ones, too, with their names and those of what was picked. */
export async function readNamedValues(
  db: Db,
  accountId: AccountId,
  entity: FieldEntity,
  id: number,
): Promise<NamedValue[]> {
  const fields = await listFields(db, accountId, entity)
  const { rows } = await sql<{ row: ValueRow }>`
    select jsonb_build_array(v.field_id, f.type, v.text_value, v.number_value) as row
    from field_value v join custom_field f on f.account_id = v.account_id and f.id = v.field_id
    where v.account_id = ${accountId} and v.entity = ${entity} and v.entity_id = ${id}
    order by v.field_id, v.n`.execute(db)
  const values = toFieldValues(rows.map(({ row }) => row))
  return fields.flatMap(({ id: fieldId, name, type, options }) => {
    const value = values[fieldId]
    if (value === undefined) return []
    const picked = type === 'select' || type === 'multiselect' ? [value].flat() : undefined
    const names = picked?.flatMap((one) => options.find((option) => option.id === one)?.name ?? [])
    return [{ id: fieldId, name, type, value: names ?? value }]
  })
}
