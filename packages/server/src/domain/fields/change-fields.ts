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
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { getField, listFields } from './field-queries.ts'

const MOST_FIELDS = 200

type FieldDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Adds a field behind the others of its kind.
 * @throws {AppError} `invalid_request` names what is wrong; `conflict`: the name is taken, or there are 200 already
 */
export async function createField(deps: FieldDeps, viewer: Viewer, given: NewFieldRequest): Promise<CustomField> {
  const accountId = viewer.account.id
  const id = await changing(deps, viewer, async (tx) => {
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
    return made.id
  })
  return getField(deps.db, accountId, id)
}

/** @throws {AppError} `not_found`; `invalid_request`; `conflict`: the name is taken */
export async function changeField(
  deps: FieldDeps,
  viewer: Viewer,
  id: FieldId,
  given: ChangeFieldRequest,
): Promise<CustomField> {
  const accountId = viewer.account.id
  await changing(deps, viewer, async (tx) => {
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
  })
  return getField(deps.db, accountId, id)
}

/**
 * Hides a field; one that is hidden already is deleted with everything that stands in it.
 * @throws {AppError} `not_found`
 */
export async function deleteField(deps: FieldDeps, viewer: Viewer, id: FieldId): Promise<CustomField | null> {
  const accountId = viewer.account.id
  const { isHidden } = await getField(deps.db, accountId, id)
  if (!isHidden) return changeField(deps, viewer, id, { isHidden: true })
  await changing(deps, viewer, async (tx) => {
    await tx.deleteFrom('custom_field').where('account_id', '=', accountId).where('id', '=', id).execute()
    await tx.deleteFrom('field_value').where('account_id', '=', accountId).where('field_id', '=', id).execute()
  })
  return null
}

async function changing<Made>(
  deps: FieldDeps,
  { account, user }: Viewer,
  change: (tx: Tx) => Promise<Made>,
): Promise<Made> {
  const made = await deps.db.transaction().execute(async (tx) => {
    // Two who change fields at once come one after the other: names and places are looked at as a whole.
    await tx.selectFrom('account').select('id').where('id', '=', account.id).forNoKeyUpdate().execute()
    const answer = await change(tx)
    await appendEvents(tx, account.id, [{ type: 'settings.changed', topic: 'fields', actorId: user.id }])
    return answer
  })
  deps.nudge(account.id)
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
