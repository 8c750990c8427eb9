import type { AccountId, CustomField, FieldValue, LeadChange, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { listFields } from '../fields/field-queries.ts'

/** A line of `lead_change`. */
export interface ChangeRow {
  id: number
  field: string
  before: unknown
  after: unknown
  actor_user_id: UserId | null
  actor_name: string | null
}

/** How the fields of a row are called here, and what the ids in them name. */
const FIELDS: Record<string, { name: string; names?: NamedThing }> = {
  responsible_user_id: { name: 'responsible', names: 'account_user' },
  pipeline_id: { name: 'pipeline', names: 'pipeline' },
  stage_id: { name: 'stage', names: 'stage' },
  contact_id: { name: 'contact', names: 'contact' },
  contacts: { name: 'contacts', names: 'contact' },
  tags: { name: 'tags', names: 'tag' },
  loss_reason_id: { name: 'lossReason', names: 'loss_reason' },
}

type NamedThing = 'account_user' | 'pipeline' | 'stage' | 'contact' | 'tag' | 'loss_reason'
type Names = Map<NamedThing, Map<number, string>>

/** Lines as people read them: ids by the names they have today. */
export async function presentChanges(
  db: Db,
  accountId: AccountId,
  rows: readonly ChangeRow[],
): Promise<Map<number, LeadChange>> {
  if (rows.length === 0) return new Map()
  const [names, fields] = await Promise.all([
    readNames(db, accountId, rows),
    rows.some((row) => row.field.startsWith(CUSTOM)) ? listFields(db, accountId, 'lead') : [],
  ])
  return new Map(rows.map((row) => [row.id, toChange(row, names, fields)]))
}

const CUSTOM = 'field:'

function toChange(row: ChangeRow, names: Names, fields: readonly CustomField[]): LeadChange {
  const by = row.actor_user_id === null ? null : { id: row.actor_user_id, name: row.actor_name ?? '' }
  if (row.field.startsWith(CUSTOM)) {
    const field = fields.find((one) => String(one.id) === row.field.slice(CUSTOM.length))
    const shown = (value: unknown) => (field ? nameOptions(field, value as FieldValue | null) : null)
    const { name = null, type = null } = field ?? {}
    return { id: row.id, field: 'field', name, type, before: shown(row.before), after: shown(row.after), by }
  }
  const known = FIELDS[row.field]
  const shown = (value: unknown) => (known?.names ? nameIds(names, known.names, value) : plain(value))
  const field = known?.name ?? row.field
  return { id: row.id, field, name: null, type: null, before: shown(row.before), after: shown(row.after), by }
}

const plain = (value: unknown): FieldValue | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

/** Options by their names; one that is gone is left out. */
function nameOptions({ type, options }: CustomField, value: FieldValue | null): FieldValue | string[] | null {
  const nameOf = (id: unknown) => options.find((option) => option.id === id)?.name
  if (type === 'select') return nameOf(value) ?? null
  if (type === 'multiselect') return Array.isArray(value) ? value.flatMap((id) => nameOf(id) ?? []) : null
  return value
}

function nameIds(names: Names, thing: NamedThing, value: unknown): string | string[] | null {
  const nameOf = (id: unknown) => names.get(thing)?.get(Number(id)) ?? null
  if (Array.isArray(value)) return value.flatMap((id) => nameOf(id) ?? [])
  return value === null ? null : nameOf(value)
}

async function readNames(db: Db, accountId: AccountId, rows: readonly ChangeRow[]): Promise<Names> {
  const ids = new Map<NamedThing, Set<number>>()
  for (const row of rows) {
    const thing = FIELDS[row.field]?.names
    if (thing === undefined) continue
    const set = ids.get(thing) ?? new Set()
    ids.set(thing, set)
    for (const value of [row.before, row.after].flat()) if (typeof value === 'number') set.add(value)
  }
  const names: Names = new Map()
  for (const [thing, set] of ids) {
    const found = await sql<{ id: number; name: string }>`
      select id, name from ${sql.table(thing)} where account_id = ${accountId} and id = any (${[...set]}::bigint[])
    `.execute(db)
    names.set(thing, new Map(found.rows.map((row) => [row.id, row.name])))
  }
  return names
}
