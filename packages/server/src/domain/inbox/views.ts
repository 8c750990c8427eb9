import type {
  AccountId,
  BuiltInView,
  ChangeViewRequest,
  CreateViewRequest,
  InboxFilters,
  InboxQuery,
  InboxSort,
  InboxView,
  UserId,
  ViewId,
} from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import type { ListRequest } from './list-chats.ts'

type Row = Selectable<Schema['inbox_view']>
type ViewDeps = Pick<Deps, 'db' | 'nudge'>

export const BUILT_IN: Record<BuiltInView, InboxFilters> = {
  open: { state: 'open' },
  unread: { state: 'open', unread: true },
  unassigned: { state: 'open', responsible: 'none' },
  mine: { state: 'open', responsible: 'me' },
  all: { state: 'all' },
}

/** Everybody's views and the viewer's own, in the order of their tabs. */
export async function listViews(db: Db, viewer: Viewer): Promise<InboxView[]> {
  const rows = await db
    .selectFrom('inbox_view')
    .selectAll()
    .where('account_id', '=', viewer.account.id)
    .where((eb) => eb.or([eb('user_id', 'is', null), eb('user_id', '=', viewer.user.id)]))
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => toView(viewer, row))
}

/**
 * What `GET /chats?…` asks for: the filters of a view, and those given beside it on top.
 * @throws {AppError} `not_found`: no such view, or somebody else's
 */
export async function readQuery(db: Db, viewer: Viewer, { view, sort, ...given }: InboxQuery): Promise<ListRequest> {
  const base = await findBase(db, viewer, view)
  const filters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as InboxFilters
  return { filters: { ...base.filters, ...filters }, sort: sort ?? base.sort }
}

async function findBase(db: Db, viewer: Viewer, view: InboxQuery['view']): Promise<ListRequest> {
  // Who names no view means everything, as before there were any.
  if (view === undefined) return { filters: { state: 'all' }, sort: 'newest' }
  if (typeof view !== 'number') return { filters: BUILT_IN[view], sort: 'newest' }
  const { filters, sort } = toView(viewer, await getRow(db, viewer, view as ViewId))
  return { filters, sort }
}

/** @throws {AppError} `conflict` when there are too many */
export async function createView(deps: ViewDeps, viewer: Viewer, view: CreateViewRequest): Promise<InboxView> {
  const accountId = viewer.account.id
  const row = await deps.db.transaction().execute(async (tx) => {
    const last = await tx
      .selectFrom('inbox_view')
      .select((eb) => [eb.fn.max('position').as('position'), eb.fn.countAll<number>().as('n')])
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    if (last.n >= MOST_VIEWS)
      throw new AppError('conflict', `This account has ${MOST_VIEWS} views already. Delete one first.`)
    const made = await tx
      .insertInto('inbox_view')
      .values({
        account_id: accountId,
        name: view.name,
        user_id: view.isShared ? null : viewer.user.id,
        created_by: viewer.user.id,
        filters: JSON.stringify(view.filters),
        sort: view.sort,
        position: (last.position ?? 0) + 1,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await tellViews(tx, accountId, [made.user_id])
    return made
  })
  deps.nudge(accountId)
  return toView(viewer, row)
}

/** Of one account: all of them are counted at every change. */
const MOST_VIEWS = 300

/** @throws {AppError} `not_found`; `forbidden`: somebody else's shared view */
export async function changeView(
  deps: ViewDeps,
  viewer: Viewer,
  id: ViewId,
  { isShared, filters, ...rest }: ChangeViewRequest,
): Promise<InboxView> {
  const accountId = viewer.account.id
  const row = await deps.db.transaction().execute(async (tx) => {
    const before = await lockOwn(tx, viewer, id)
    const owner = isShared === undefined ? before.user_id : isShared ? null : viewer.user.id
    const after = await tx
      .updateTable('inbox_view')
      .set({
        ...(rest.name !== undefined && { name: rest.name }),
        ...(rest.sort !== undefined && { sort: rest.sort }),
        ...(rest.position !== undefined && { position: rest.position }),
        ...(filters !== undefined && { filters: JSON.stringify(filters) }),
        user_id: owner,
      })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await tellViews(tx, accountId, [before.user_id, after.user_id])
    return after
  })
  deps.nudge(accountId)
  return toView(viewer, row)
}

/** @throws {AppError} `not_found`; `forbidden`: somebody else's shared view */
export async function deleteView(deps: ViewDeps, viewer: Viewer, id: ViewId): Promise<void> {
  const accountId = viewer.account.id
  await deps.db.transaction().execute(async (tx) => {
    const { user_id } = await lockOwn(tx, viewer, id)
    await tx.deleteFrom('inbox_view').where('account_id', '=', accountId).where('id', '=', id).execute()
    await tellViews(tx, accountId, [user_id])
  })
  deps.nudge(accountId)
}

/** Everybody is told of a shared one, its owner alone of his. */
async function tellViews(tx: Tx, accountId: AccountId, owners: readonly (UserId | null)[]): Promise<void> {
  const told = owners.includes(null) ? [null] : [...new Set(owners)]
  await appendEvents(
    tx,
    accountId,
    told.map((userId) => ({ type: 'settings.changed', topic: 'views', userId })),
  )
}

async function getRow(db: Db, viewer: Viewer, id: ViewId): Promise<Row> {
  const row = await viewsOf(db, viewer, id).executeTakeFirst()
  if (!row) throw noView()
  return row
}

async function lockOwn(tx: Tx, viewer: Viewer, id: ViewId): Promise<Row> {
  const row = await viewsOf(tx, viewer, id).forUpdate().executeTakeFirst()
  if (!row) throw noView()
  if (!canEdit(viewer, row))
    throw new AppError('forbidden', 'Whoever made this view, or an admin, may change it. Save a copy of your own.')
  return row
}

const viewsOf = (db: Db, viewer: Viewer, id: ViewId) =>
  db
    .selectFrom('inbox_view')
    .selectAll()
    .where('account_id', '=', viewer.account.id)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('user_id', 'is', null), eb('user_id', '=', viewer.user.id)]))

const noView = () => new AppError('not_found', 'There is no such view in this account.')

const canEdit = ({ user }: Viewer, row: Row) =>
  row.user_id === user.id || user.role === 'admin' || row.created_by === user.id

const toView = (viewer: Viewer, row: Row): InboxView => ({
  id: row.id,
  name: row.name,
  isShared: row.user_id === null,
  canEdit: canEdit(viewer, row),
  filters: row.filters as InboxFilters,
  sort: row.sort as InboxSort,
  position: row.position,
})
