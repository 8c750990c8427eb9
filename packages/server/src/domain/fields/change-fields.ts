import type {
  AccountId,
  ChangeFieldRequest,
  CustomField,
  FieldId,
  FieldOption,
  NewFieldRequest,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { type Actor, appendAudit, type NewAuditEntry } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { countFieldUse, getField, listFields } from './field-queries.ts'

const MOST_FIELDS = 200

type FieldDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Adds a field behind the others of its kind.
 * @throws {AppError} `invalid_request` names what is wrong; `conflict`: the name is taken, or there are 200 already
 */
export async function createField(deps: FieldDeps, actor: Actor, given: NewFieldRequest): Promise<CustomField> {
  const { accountId } = actor
  return changing(deps, actor, async (tx, writeDown) => {
    const fields = await listFields(tx, accountId, given.entity)
    checkName(fields, given.name)
    if (fields.length >= MOST_FIELDS)
      throw new AppError('conflict', `There are ${MOST_FIELDS} fields already. Delete one first.`)
    const options = toOptions(given, [])
    const made = await tx
      .insertInto('custom_field')
      .values({
        account_id: accountId,
        entity: given.entity,
        type: given.type,
        name: given.name,
        section: given.section,
        options: options && JSON.stringify(options),
        is_required: given.isRequired,
        position: await lastPosition(tx, accountId, given.entity),
        created_at: deps.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { entity, type, name } = given
    await writeDown('field.made', { id: made.id, name }, { entity, type })
    return getField(tx, accountId, made.id)
  })
}

/** @throws {AppError} `not_found`; `invalid_request`; `conflict`: the name is taken */
export async function changeField(
  deps: FieldDeps,
  actor: Actor,
  id: FieldId,
  given: ChangeFieldRequest,
): Promise<CustomField> {
  const { accountId } = actor
  return changing(deps, actor, async (tx, writeDown) => {
    const field = await getField(tx, accountId, id)
    const siblings = (await listFields(tx, accountId, field.entity)).filter((one) => one.id !== id)
    if (given.name !== undefined) checkName(siblings, given.name)
    const options = given.options && toOptions({ ...field, options: given.options }, field.options)
    await tx
      .updateTable('custom_field')
      .set({
        ...(given.name !== undefined && { name: given.name }),
        ...(given.section !== undefined && { section: given.section }),
        ...(options && { options: JSON.stringify(options) }),
        ...(given.isRequired !== undefined && { is_required: given.isRequired }),
        ...(given.isHidden !== undefined && { hidden_at: given.isHidden ? deps.clock.now() : null }),
        // Written in any case: a change of nothing is none.
        name: given.name ?? field.name,
      })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .execute()
    if (options) await dropValuesOf(tx, accountId, id, options)
    if (given.afterId !== undefined) await place(tx, accountId, { id, afterId: given.afterId, siblings })
    const after = await getField(tx, accountId, id)
    const changes = changesOf(field, after)
    if (Object.keys(changes).length > 0) await writeDown('field.changed', after, changes)
    return after
  })
}

/** What is different now; the order is nobody's business but the list's. */
function changesOf(before: CustomField, after: CustomField): Record<string, unknown> {
  const told = (field: CustomField) => ({
    name: field.name,
    section: field.section,
    options: field.options.map(({ name }) => name).join(', '),
    isRequired: field.isRequired,
    isHidden: field.isHidden,
  })
  const [was, is] = [told(before), told(after)]
  const names = (Object.keys(was) as (keyof typeof was)[]).filter((name) => was[name] !== is[name])
  return Object.fromEntries(names.map((name) => [name, { before: was[name], after: is[name] }]))
}

/**
 * Hides a field; one that is hidden already is deleted with everything that stands in it.
 * @throws {AppError} `not_found`
 */
export async function deleteField(deps: FieldDeps, actor: Actor, id: FieldId): Promise<CustomField | null> {
  const { accountId } = actor
  const { isHidden } = await getField(deps.db, accountId, id)
  if (!isHidden) return changeField(deps, actor, id, { isHidden: true })
  await changing(deps, actor, async (tx, writeDown) => {
    const field = await getField(tx, accountId, id)
    const { count } = await countFieldUse(tx, accountId, id)
    await tx.deleteFrom('custom_field').where('account_id', '=', accountId).where('id', '=', id).execute()
    await tx.deleteFrom('field_value').where('account_id', '=', accountId).where('field_id', '=', id).execute()
    await stopAsking(tx, accountId, id)
    await writeDown('field.deleted', field, { entity: field.entity, values: count })
    await appendEvents(tx, accountId, [{ type: 'settings.changed', topic: 'pipelines', actorId: actor.userId }])
  })
  return null
}

/** No stage asks for what is gone. */
async function stopAsking(tx: Tx, accountId: AccountId, id: FieldId): Promise<void> {
  const asked = `field:${id}`
  await tx
    .updateTable('stage')
    .set((eb) => ({ required_fields: eb.fn<string[]>('array_remove', ['required_fields', eb.val(asked)]) }))
    .where('account_id', '=', accountId)
    .where((eb) => eb(eb.val(asked), '=', eb.fn.any('required_fields')))
    .execute()
}

type WriteDown = (
  action: NewAuditEntry['action'],
  field: Pick<CustomField, 'id' | 'name'>,
  details: Record<string, unknown>,
) => Promise<void>

async function changing<Made>(
  deps: FieldDeps,
  actor: Actor,
  change: (tx: Tx, writeDown: WriteDown) => Promise<Made>,
): Promise<Made> {
  const made = await deps.db.transaction().execute(async (tx) => {
    // Two who change fields at once come one after the other: names and places are looked at as a whole.
    await tx.selectFrom('account').select('id').where('id', '=', actor.accountId).forNoKeyUpdate().execute()
    const answer = await change(tx, (action, { id, name }, details) =>
      appendAudit(tx, actor, { at: deps.clock.now(), action, target: { kind: 'field', id, name }, details }),
    )
    await appendEvents(tx, actor.accountId, [{ type: 'settings.changed', topic: 'fields', actorId: actor.userId }])
    return answer
  })
  deps.nudge(actor.accountId)
  return made
}

function checkName(fields: readonly CustomField[], name: string): void {
  const taken = fields.find((one) => one.name.toLowerCase() === name.toLowerCase())
  if (!taken) return
  const where = taken.isHidden ? 'A hidden field' : 'Another field'
  throw new AppError('conflict', `name: ${where} has this name.`, { details: { field: 'name' } })
}

/** Keeps the ids of those that stay; a new one gets the next number. */
function toOptions(
  { type, options }: Pick<NewFieldRequest, 'type' | 'options'>,
  before: readonly FieldOption[],
): FieldOption[] | undefined {
  const isChoice = type === 'select' || type === 'multiselect'
  if (!isChoice && options.length > 0) throw refuse('options', 'only a field to choose from has options')
  if (!isChoice) return undefined
  if (options.length === 0) throw refuse('options', 'give at least one to choose from')
  let last = Math.max(0, ...before.map((option) => option.id))
  return options.map(({ id, name }) => {
    if (id !== undefined && !before.some((option) => option.id === id))
      throw refuse('options', `there is no option ${id} to keep`)
    if (id !== undefined) return { id, name }
    last += 1
    return { id: last, name }
  })
}

async function dropValuesOf(tx: Tx, accountId: AccountId, id: FieldId, options: readonly FieldOption[]): Promise<void> {
  await tx
    .deleteFrom('field_value')
    .where('account_id', '=', accountId)
    .where('field_id', '=', id)
    .where(
      'number_value',
      'not in',
      options.map((option) => option.id),
    )
    .execute()
}

async function lastPosition(tx: Tx, accountId: AccountId, entity: CustomField['entity']): Promise<number> {
  const row = await tx
    .selectFrom('custom_field')
    .select((eb) => eb.fn.max('position').as('last'))
    .where('account_id', '=', accountId)
    .where('entity', '=', entity)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** Numbers the fields anew, with this one behind another. */
async function place(
  tx: Tx,
  accountId: AccountId,
  { id, afterId, siblings }: { id: FieldId; afterId: number; siblings: readonly CustomField[] },
): Promise<void> {
  const index = afterId === 0 ? 0 : siblings.findIndex((one) => one.id === afterId) + 1
  if (afterId !== 0 && index === 0) throw refuse('afterId', 'there is no such field of the same kind')
  const order = siblings.map((one) => one.id)
  order.splice(index, 0, id)
  for (const [position, fieldId] of order.entries()) {
    await tx
      .updateTable('custom_field')
      .set({ position: position + 1 })
      .where('account_id', '=', accountId)
      .where('id', '=', fieldId)
      .execute()
  }
}
