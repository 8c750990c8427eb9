import type { ContactId, RightAct, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { covers, coversAll, ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'

/** For hand-written SQL: a lead of the contact `table` is among the owners given from parameter `first` on. */
export const hasLeadOfSql = (table: string, first: number): string =>
  `(exists (select 1 from lead l where l.account_id = ${table}.account_id and l.contact_id = ${table}.id
      and l.deleted_at is null and ${ownedSql('l.responsible_user_id', first)})
    or exists (select 1 from lead_contact lc join lead l on l.account_id = lc.account_id and l.id = lc.lead_id
      where lc.account_id = ${table}.account_id and lc.contact_id = ${table}.id
      and l.deleted_at is null and ${ownedSql('l.responsible_user_id', first)}))`

/** More in a row would be a circle. */
const MOST_MERGES = 100

const statement = statementsOf('contacts')

const selectOwner = statement(
  'owner',
  `select c.id, c.responsible_user_id, c.merged_into, ${hasLeadOfSql('c', 3)} as has_lead from contact c
   where c.account_id = $1 and c.id = $2`,
)

const selectVisible = statement(
  'visible',
  `select c.id from contact c
   where c.account_id = $1 and c.id = any ($2::bigint[])
     and (${hasLeadOfSql('c', 3)} or ${ownedSql('c.responsible_user_id', 5)})`,
)

interface OwnerRow {
  id: ContactId
  responsible_user_id: UserId | null
  merged_into: ContactId | null
  has_lead: boolean
}

/** The one somebody went into; of several merges in a row the last. */
const selectStanding = statement(
  'standing',
  `with recursive chain as (
     select c.id, c.merged_into, 0 as step from contact c where c.account_id = $1 and c.id = $2
     union all
     select c.id, c.merged_into, chain.step + 1 from chain
     join contact c on c.account_id = $1 and c.id = chain.merged_into where chain.step < ${MOST_MERGES})
   select id from chain where merged_into is null`,
)

const DOING: Record<Exclude<RightAct, 'view'>, string> = { edit: 'change', delete: 'delete', export: 'export' }

/**
 * The way in to a contact; also to one that was deleted, which the caller tells apart. Who may see one of its leads may see it.
 * Whoever looks at one that went into another one gets that one.
 * Answers the id, now known to be the viewer's to use.
 * @throws {AppError} `not_found`: no such contact in this account, or not for this viewer; `forbidden`: may be seen, not more
 */
export async function accessContact(
  pool: Runner,
  viewer: Viewer,
  id: ContactId,
  act: RightAct = 'view',
): Promise<ContactId> {
  let row = await findOwner(pool, viewer, id)
  if (row && row.merged_into !== null && act === 'view') {
    const [standing] = await run<{ id: ContactId }>(pool, selectStanding, [viewer.account.id, id])
    row = standing && (await findOwner(pool, viewer, standing.id))
  }
  if (!row || !(row.has_lead || covers(ownersFor(viewer, 'contacts'), row.responsible_user_id)))
    throw new AppError('not_found', 'There is no such contact in this account.')
  if (act !== 'view' && !covers(ownersFor(viewer, 'contacts', act), row.responsible_user_id))
    throw new AppError('forbidden', `Your role does not let you ${DOING[act]} this contact. An admin can change that.`)
  return row.id
}

async function findOwner(pool: Runner, viewer: Viewer, id: ContactId): Promise<OwnerRow | undefined> {
  const values = [viewer.account.id, id, ...ownersValues(ownersFor(viewer, 'leads'))]
  const [row] = await run<OwnerRow>(pool, selectOwner, values)
  return row
}

/** Those of the ids that the viewer may see. */
export async function visibleContacts(
  pool: Runner,
  viewer: Viewer,
  ids: readonly ContactId[],
): Promise<ReadonlySet<ContactId>> {
  const owners = ownersFor(viewer, 'contacts')
  if (coversAll(owners)) return new Set(ids)
  const values = [viewer.account.id, ids, ...ownersValues(ownersFor(viewer, 'leads')), ...ownersValues(owners)]
  const rows = await run<{ id: ContactId }>(pool, selectVisible, values)
  return new Set(rows.map((row) => row.id))
}

const selectEditable = statement(
  'editable',
  `select c.id from contact c
   where c.account_id = $1 and c.id = any ($2::bigint[]) and ${ownedSql('c.responsible_user_id', 3)}`,
)

/** Those of the ids that the viewer may change. */
export async function editableContacts(pool: Runner, viewer: Viewer, ids: readonly ContactId[]): Promise<ContactId[]> {
  const seen = await visibleContacts(pool, viewer, ids)
  const values = [viewer.account.id, [...seen], ...ownersValues(ownersFor(viewer, 'contacts', 'edit'))]
  const rows = await run<{ id: ContactId }>(pool, selectEditable, values)
  return rows.map((row) => row.id)
}
