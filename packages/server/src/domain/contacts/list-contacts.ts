import type { AccountId, ContactFilter, ContactId, ContactRow, Page } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { coversAll, type Owners, ownersFor, type Viewer } from '../users/viewer.ts'
import { findContactsInOrder } from './contact-queries.ts'

type ListDeps = Pick<Deps, 'db' | 'hotPool'>

export interface ContactWish {
  filter: ContactFilter
  /** A condition on the contact `c`, written by who knows how to search. */
  narrow?: RawBuilder<unknown> | undefined
  /** Those that the viewer may take out; absent: those he may see. */
  act?: 'view' | 'export'
}

interface Found {
  id: ContactId
  place: string | number
}

/**
 * Contacts the viewer may see.
 *
 * Shape:  at most `limit`; `next` is the key of the page behind.
 * Order:  latest activity first (to the minute, then newest), by name in lower case, or newest first.
 * Errors: `invalid_request` when `after` is not a key that was given out for this order.
 */
export async function listContacts(
  deps: ListDeps,
  viewer: Viewer,
  { filter, narrow, act = 'view' }: ContactWish,
  page: { after: string | undefined; limit: number },
): Promise<Page<ContactRow>> {
  const found = await findPage(deps, viewer, { filter, narrow, act }, page)
  const shown = found.slice(0, page.limit)
  const last = shown.at(-1)
  const next = found.length > page.limit && last ? writeKey(last, filter) : null
  const items = await findContactsInOrder(
    deps.hotPool,
    viewer.account.id,
    shown.map((row) => row.id),
  )
  return { items, next }
}

async function findPage(
  { db }: ListDeps,
  viewer: Viewer,
  wish: Required<Pick<ContactWish, 'filter' | 'act'>> & Pick<ContactWish, 'narrow'>,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Found[]> {
  const { filter } = wish
  const { place, order, behind } = SORTS[filter.sort]
  const key = after === undefined ? undefined : await readKey(db, viewer.account.id, after, filter)
  const { rows } = await sql<Found>`
    select c.id, ${place} as place
    from contact c
    ${filter.sort === 'activity' ? sql`join contact_activity a on a.account_id = c.account_id and a.contact_id = c.id` : sql``}
    where c.account_id = ${viewer.account.id} and c.deleted_at is null
      and ${sql.join([sql`true`, ...conditions(viewer, wish)], sql` and `)}
      ${key ? sql`and ${behind(key)}` : sql``}
    order by ${order} limit ${limit + 1}`.execute(db)
  return rows
}

interface Sort {
  place: RawBuilder<unknown>
  order: RawBuilder<unknown>
  behind: (key: Found) => RawBuilder<unknown>
}

const SORTS: Record<ContactFilter['sort'], Sort> = {
  activity: {
    place: sql`a.minute`,
    order: sql`a.minute desc, a.contact_id desc`,
    // The account stands in the condition of both tables: the index of whichever is read first begins with it.
    behind: ({ place, id }) => sql`(a.minute, a.contact_id) < (${place}::int, ${id}::bigint)`,
  },
  name: {
    place: sql`lower(c.name)`,
    order: sql`lower(c.name), c.id`,
    behind: ({ place, id }) => sql`(lower(c.name), c.id) > (${place}::text, ${id}::bigint)`,
  },
  created: {
    place: sql`0`,
    order: sql`c.id desc`,
    behind: ({ id }) => sql`c.id < ${id}::bigint`,
  },
}

function* conditions(
  viewer: Viewer,
  { filter, narrow, act }: Pick<ContactWish, 'filter' | 'narrow' | 'act'>,
): Generator<RawBuilder<unknown>> {
  if (narrow) yield narrow
  if (act === 'export') yield isOwned('c', ownersFor(viewer, 'contacts', 'export'))
  if (filter.sort === 'activity') yield sql`a.account_id = ${viewer.account.id}`
  const owners = ownersFor(viewer, 'contacts')
  if (!coversAll(owners)) yield sql`(${isOwned('c', owners)} or ${hasLeadOf(ownersFor(viewer, 'leads'))})`
  if (filter.responsible === 'none') yield sql`c.responsible_user_id is null`
  else if (filter.responsible !== undefined) yield sql`c.responsible_user_id = ${filter.responsible}`
  if (filter.phone !== undefined) yield filter.phone === 'yes' ? sql`c.phone is not null` : sql`c.phone is null`
  if (filter.email !== undefined) yield filter.email === 'yes' ? sql`c.email is not null` : sql`c.email is null`
  if (filter.company !== undefined) yield sql`lower(c.company) = lower(${filter.company})`
  if (filter.tag !== undefined) {
    yield sql`exists (select 1 from contact_tag x
      where x.account_id = c.account_id and x.contact_id = c.id and x.tag_id = ${filter.tag})`
  }
}

const isOwned = (table: string, { userIds, unowned }: Owners): RawBuilder<unknown> => {
  const column = sql.ref(`${table}.responsible_user_id`)
  const mine = userIds === null ? sql`true` : sql`${column} = any (${userIds}::bigint[])`
  return sql`(case when ${column} is null then ${unowned}::boolean else ${mine} end)`
}

const hasLeadOf = (owners: Owners): RawBuilder<unknown> => sql`
  (exists (select 1 from lead l where l.account_id = c.account_id and l.contact_id = c.id and l.deleted_at is null
     and ${isOwned('l', owners)})
   or exists (select 1 from lead_contact lc join lead l on l.account_id = lc.account_id and l.id = lc.lead_id
     where lc.account_id = c.account_id and lc.contact_id = c.id and l.deleted_at is null and ${isOwned('l', owners)}))`

const writeKey = ({ id, place }: Found, { sort }: ContactFilter) =>
  Buffer.from(`${sort === 'activity' ? place : 0} ${id}`).toString('base64url')

/** A name may be long, so the key holds only whose it is. */
async function readKey(db: Db, accountId: AccountId, key: string, { sort }: ContactFilter): Promise<Found> {
  const [minute, id, ...rest] = Buffer.from(key, 'base64url').toString('latin1').split(' ').map(Number)
  if (rest.length > 0 || !Number.isSafeInteger(minute) || !Number.isSafeInteger(id)) throw badKey()
  if (sort !== 'name') return { place: minute!, id: id as ContactId }
  const row = await db
    .selectFrom('contact')
    .select((eb) => eb.fn<string>('lower', ['name']).as('place'))
    .where('account_id', '=', accountId)
    .where('id', '=', id as ContactId)
    .executeTakeFirst()
  if (!row) throw badKey()
  return { place: row.place, id: id as ContactId }
}

const badKey = () => new AppError('invalid_request', 'after: use the `next` of the page before, with the same sort')
