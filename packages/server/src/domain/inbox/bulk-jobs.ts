import type { AccountId, BulkJob, BulkJobId, BulkRequest, ChatAction, ChatId, UserId } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'

export type BulkRow = Selectable<Schema['bulk_job']>
export type BulkDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'newId' | 'nudge'> & {
  /** Tells the background job that something is due. */
  nudgeBulk: () => void
}

/** How long after its end something can be taken back. */
const UNDO_MS = 10 * 60_000
const YEAR_MS = 366 * 24 * 60 * 60_000

/**
 * Writes down what is to be done to which chats. Nothing has happened yet: `stepBulk` does it, a few chats at a time, here or
 * in the background.
 * @throws {AppError} `invalid_request` names the field
 */
export async function createBulk(deps: BulkDeps, viewer: Viewer, request: BulkRequest, dueAt: Date): Promise<BulkRow> {
  const now = deps.clock.now()
  await checkAction(deps.db, viewer.account.id, request.action, now)
  const ids = 'ids' in request ? ([...new Set(request.ids)] as ChatId[]) : undefined
  const selection = 'ids' in request ? null : JSON.stringify({ ...request, action: undefined })
  return deps.db.transaction().execute(async (tx) => {
    const job = await tx
      .insertInto('bulk_job')
      .values({
        account_id: viewer.account.id,
        id: deps.newId() as BulkJobId,
        user_id: viewer.user.id,
        action: JSON.stringify(request.action),
        selection,
        phase: ids ? 'running' : 'collecting',
        total: ids?.length ?? 0,
        created_at: now,
        due_at: dueAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    if (ids) {
      const rows = ids.map((chat_id) => ({ account_id: job.account_id, job_id: job.id, chat_id }))
      await tx.insertInto('bulk_item').values(rows).execute()
    }
    return job
  })
}

/** What would be refused for every chat is refused at once. */
async function checkAction(db: Db, accountId: AccountId, action: ChatAction, now: Date): Promise<void> {
  if (action.type === 'snooze') {
    const restMs = action.until - now.getTime()
    if (restMs <= 0) throw refuse('action.until', 'is over already')
    if (restMs > YEAR_MS) throw refuse('action.until', 'is more than a year away')
  }
  if (action.type === 'assign' && action.userId !== null) {
    const user = await db
      .selectFrom('account_user')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '=', action.userId as UserId)
      .where('disabled_at', 'is', null)
      .executeTakeFirst()
    if (!user) throw refuse('action.userId', 'nobody in this account has this id, or he was switched off')
  }
}

const refuse = (field: string, reason: string) =>
  new AppError('invalid_request', `${field}: ${reason}`, { details: { field } })

/** @throws {AppError} `not_found`: no such job, or somebody else's */
export async function getBulk(db: Db, viewer: Viewer, id: BulkJobId): Promise<BulkRow> {
  const row = await jobOf(db, viewer, id).executeTakeFirst()
  if (!row) throw noJob()
  return row
}

/** The viewer's own that are under way, newest first. */
export async function listBulk(db: Db, viewer: Viewer): Promise<BulkRow[]> {
  return db
    .selectFrom('bulk_job')
    .selectAll()
    .where('account_id', '=', viewer.account.id)
    .where('user_id', '=', viewer.user.id)
    .where('due_at', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()
}

/**
 * Begins to take back what a job has done; what it has not come to it does not do any more. Safe to repeat.
 * @throws {AppError} `not_found`; `conflict`: too late
 */
export async function beginUndo(deps: BulkDeps, viewer: Viewer, id: BulkJobId, dueAt: Date): Promise<BulkRow> {
  const now = deps.clock.now()
  return deps.db.transaction().execute(async (tx) => {
    const job = await jobOf(tx, viewer, id).forUpdate().executeTakeFirst()
    if (!job) throw noJob()
    if (job.phase === 'undoing' || job.phase === 'undone') return job
    if (job.finished_at && now.getTime() - job.finished_at.getTime() > UNDO_MS)
      throw new AppError('conflict', 'This was done too long ago to be taken back.')
    return updateJob(tx, job, { phase: 'undoing', finished_at: null, due_at: dueAt })
  })
}

type Change = Partial<Pick<BulkRow, 'phase' | 'total' | 'handled' | 'changed' | 'restored' | 'finished_at' | 'due_at'>>

export function updateJob(
  tx: Tx,
  { account_id, id }: Pick<BulkRow, 'account_id' | 'id'>,
  change: Change,
): Promise<BulkRow> {
  return tx
    .updateTable('bulk_job')
    .set(change)
    .where('account_id', '=', account_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The end of a job is told by an event: progress is whispered and may be lost, this is not. */
export async function finishJob(tx: Tx, job: BulkRow, phase: 'done' | 'undone', now: Date): Promise<BulkRow> {
  const finished = await updateJob(tx, job, { phase, finished_at: now, due_at: null })
  await appendEvents(tx, job.account_id, [{ type: 'settings.changed', topic: 'bulk', userId: job.user_id }])
  return finished
}

const jobOf = (db: Db, { account, user }: Viewer, id: BulkJobId) =>
  db
    .selectFrom('bulk_job')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('id', '=', id)
    .where('user_id', '=', user.id)

const noJob = () => new AppError('not_found', 'There is nothing with this id that you have done.')

export const presentBulk = (job: BulkRow): BulkJob => ({
  id: job.id,
  userId: job.user_id,
  action: job.action as ChatAction,
  phase: job.phase,
  total: job.total,
  handled: job.handled,
  changed: job.changed,
  restored: job.restored,
  undoableUntil: job.phase === 'done' && job.finished_at ? job.finished_at.getTime() + UNDO_MS : null,
})

/** Items are kept this long, far beyond what can be undone. */
const KEPT_MS = 24 * 60 * 60_000
const CLEARED_AT_ONCE = 20

/** Forgets jobs of yesterday. Any number of nodes may do it. */
export async function clearOldBulk({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const old = await db
    .selectFrom('bulk_job')
    .select(['account_id', 'id'])
    .where('finished_at', '<', new Date(clock.now().getTime() - KEPT_MS))
    .limit(CLEARED_AT_ONCE)
    .execute()
  for (const { account_id, id } of old) {
    await db.deleteFrom('bulk_item').where('account_id', '=', account_id).where('job_id', '=', id).execute()
    await db.deleteFrom('bulk_job').where('account_id', '=', account_id).where('id', '=', id).execute()
  }
}
