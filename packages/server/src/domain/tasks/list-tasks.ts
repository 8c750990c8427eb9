import type { Page, Task, TaskCounts, TaskFilter, TaskId } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { dayOf, nextDay, startOfDay } from '../../lib/zoned-day.ts'
import type { Deps } from '../deps.ts'
import { type Owners, ownersFor, type Viewer } from '../users/viewer.ts'
import { findTasksInOrder } from './task-queries.ts'

type ListDeps = Pick<Deps, 'db' | 'hotPool' | 'clock'>

interface Found {
  id: TaskId
  at: Date
}

/** Nobody counts further: the rail shows 99+. */
const MOST_COUNTED = 100

/**
 * Tasks the viewer may see.
 *
 * Shape:  at most `limit`; `next` is the key of the page behind.
 * Order:  what is due first comes first; of those that are done the last one first.
 * Errors: `invalid_request` when `after` is not a key that was given out.
 */
export async function listTasks(
  deps: ListDeps,
  viewer: Viewer,
  filter: TaskFilter,
  page: { after: string | undefined; limit: number },
): Promise<Page<Task>> {
  const isDone = filter.when === 'done'
  const column = isDone ? sql`k.done_at` : sql`k.due_at`
  const key = page.after === undefined ? undefined : readKey(page.after)
  const behind = isDone ? sql`<` : sql`>`
  const direction = isDone ? sql`desc` : sql`asc`
  const { rows } = await sql<Found>`
    select k.id, ${column} as at from task k
    where ${sql.join([...conditions(deps, viewer, filter)], sql` and `)}
      ${key ? sql`and (${column}, k.id) ${behind} (${key.at}::timestamptz, ${key.id}::bigint)` : sql``}
    order by ${column} ${direction}, k.id ${direction} limit ${page.limit + 1}`.execute(deps.db)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const items = await findTasksInOrder(
    deps.hotPool,
    viewer.account.id,
    shown.map((row) => row.id),
  )
  return { items, next: rows.length > page.limit && last ? writeKey(last) : null }
}

function* conditions({ clock }: ListDeps, viewer: Viewer, filter: TaskFilter): Generator<RawBuilder<unknown>> {
  yield sql`k.account_id = ${viewer.account.id} and k.deleted_at is null`
  yield filter.when === 'done' ? sql`k.done_at is not null` : sql`k.done_at is null`
  yield isAmong(ownersFor(viewer, 'tasks'))
  const responsible = filter.responsible === 'me' ? viewer.user.id : filter.responsible
  const isAboutSomething = filter.leadId !== undefined || filter.contactId !== undefined
  // What is to be done with a lead concerns whoever looks at it, not only his own part.
  if (responsible !== 'all' && !(isAboutSomething && filter.responsible === 'me'))
    yield sql`k.responsible_user_id = ${responsible}`
  if (filter.leadId !== undefined) yield sql`k.lead_id = ${filter.leadId}`
  if (filter.kind !== undefined) yield sql`k.kind = ${filter.kind}`
  if (filter.contactId !== undefined) yield sql`k.contact_id = ${filter.contactId}`
  if (filter.from !== undefined) yield sql`k.due_at >= ${new Date(filter.from)}`
  if (filter.to !== undefined) yield sql`k.due_at < ${new Date(filter.to)}`
  const now = clock.now()
  const tomorrow = startOfDayBehind(now, viewer)
  if (filter.when === 'late') yield sql`k.due_at < ${now}`
  if (filter.when === 'today') yield sql`k.due_at >= ${now} and k.due_at < ${tomorrow}`
  const afterTomorrow = startOfDayBehind(tomorrow, viewer)
  if (filter.when === 'tomorrow') yield sql`k.due_at >= ${tomorrow} and k.due_at < ${afterTomorrow}`
  if (filter.when === 'later') yield sql`k.due_at >= ${afterTomorrow}`
}

function isAmong({ userIds }: Owners): RawBuilder<unknown> {
  return userIds === null ? sql`true` : sql`k.responsible_user_id = any (${userIds}::bigint[])`
}

function startOfDayBehind(at: Date, { account }: Viewer): Date {
  return startOfDay(nextDay(dayOf(at, account.timeZone)), account.timeZone)
}

/** What is on the viewer's own plate; each at most 100, which nobody counts further. */
export async function countTasks({ db, clock }: ListDeps, viewer: Viewer): Promise<TaskCounts> {
  const now = clock.now()
  const tomorrow = startOfDayBehind(now, viewer)
  const mine = sql`k.account_id = ${viewer.account.id} and k.responsible_user_id = ${viewer.user.id}
    and k.done_at is null and k.deleted_at is null`
  const { rows } = await sql<{ late: number; today: number; next_at: Date | null }>`select
    (select count(*) from (select 1 from task k where ${mine} and k.due_at < ${now} limit ${MOST_COUNTED}) x) as late,
    (select count(*) from (select 1 from task k where ${mine} and k.due_at >= ${now} and k.due_at < ${tomorrow}
      limit ${MOST_COUNTED}) x) as today,
    (select k.due_at from task k where ${mine} and k.due_at >= ${now} order by k.due_at limit 1) as next_at`.execute(db)
  const [row] = rows
  const nextAt = row?.next_at ?? null
  // A task of a later day counts from its day's beginning on, and late tasks from the moment they are.
  const changesAt = nextAt === null ? null : Math.min(nextAt.getTime() + 1, tomorrow.getTime())
  return { late: row?.late ?? 0, today: row?.today ?? 0, changesAt }
}

const writeKey = ({ at, id }: Found) => Buffer.from(`${at.getTime()} ${id}`).toString('base64url')

function readKey(key: string): Found {
  const [at, id, ...rest] = Buffer.from(key, 'base64url').toString('latin1').split(' ').map(Number)
  if (rest.length > 0 || !Number.isSafeInteger(at) || !Number.isSafeInteger(id) || Math.abs(at!) > 8.64e15)
    throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
  return { at: new Date(at!), id: id as TaskId }
}
