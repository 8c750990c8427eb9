import type { AccountId, BulkJobId, ChatAction, ChatId, InboxFilters, InboxSort } from '@parley/protocol/model'
import { CompiledQuery, sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { BulkItemPhase } from '../../db/schema/inbox.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { findViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { actOnChats, undoOnChats } from './act.ts'
import type { Acting } from './acting.ts'
import { type BulkRow, finishJob, updateJob } from './bulk-jobs.ts'
import { matchingSql, ORDERS } from './list-sql.ts'
import { isStateAction } from './plan-chat.ts'
import { scopeFor, Values } from './scope.ts'

type StepDeps = Pick<Deps, 'db' | 'clock' | 'newId' | 'nudge'>

/** Chats in one transaction: short enough that no message waits for it long. What changes leads takes several queries for each. */
const AT_ONCE = 200
const LEADS_AT_ONCE = 25

/**
 * Does a little more of a job, in one short transaction with what it notes down of it: so whoever dies in the middle has done
 * nothing that is not known, and whoever goes on does nothing twice.
 * Locks the job's row first, so that two who work on it take turns. Answers the job as it is then.
 */
export async function stepBulk(deps: StepDeps, accountId: AccountId, id: BulkJobId, leaseMs: number): Promise<BulkRow> {
  const job = await deps.db.transaction().execute(async (tx) => {
    const locked = await lockJob(tx, accountId, id)
    const now = deps.clock.now()
    const viewer = await findViewer(tx, accountId, locked.user_id)
    // Somebody who was switched off does nothing more.
    if (!viewer) return finishJob(tx, locked, 'done', now)
    const leased = await updateJob(tx, locked, { due_at: new Date(now.getTime() + leaseMs) })
    return step(tx, { viewer, now, newId: deps.newId }, leased)
  })
  deps.nudge(accountId)
  return job
}

export const isOver = ({ phase }: Pick<BulkRow, 'phase'>): boolean => phase === 'done' || phase === 'undone'

async function step(tx: Tx, acting: Acting, job: BulkRow): Promise<BulkRow> {
  switch (job.phase) {
    case 'collecting':
      return collect(tx, acting.viewer, job)
    case 'running':
      return act(tx, acting, job)
    case 'undoing':
      return undo(tx, acting, job)
    default:
      return job
  }
}

function lockJob(tx: Tx, accountId: AccountId, id: BulkJobId): Promise<BulkRow> {
  return tx
    .selectFrom('bulk_job')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

interface Selection {
  filters: InboxFilters
  sort?: InboxSort
  exceptIds?: ChatId[]
}

/** Writes down which chats it is about: what matches later, or no longer, makes no difference to it. */
async function collect(tx: Tx, viewer: Viewer, job: BulkRow): Promise<BulkRow> {
  const { filters, sort = 'newest', exceptIds = [] } = job.selection as Selection
  const values = new Values()
  const [account, jobId] = [values.add(job.account_id, 'int'), values.add(job.id, 'uuid')]
  const matching = matchingSql(job.account_id, scopeFor(viewer, filters, sort), ORDERS[sort], values)
  const text = `insert into bulk_item (account_id, job_id, chat_id)
    select ${account}, ${jobId}, chat_id from (${matching}) m where chat_id <> all (${values.add(exceptIds, 'uuid[]')})`
  const { numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, values.list))
  return updateJob(tx, job, { phase: 'running', total: Number(numAffectedRows ?? 0) })
}

async function act(tx: Tx, acting: Acting, job: BulkRow): Promise<BulkRow> {
  const action = job.action as ChatAction
  const chatIds = (await takeItems(tx, job, 'waiting', action)).map((item) => item.chat_id)
  if (chatIds.length === 0) return finishJob(tx, job, 'done', acting.now)
  const { before, events } = await actOnChats(tx, acting, chatIds, action).catch(nothingWhenRefused)
  const settled = chatIds.map((chatId) => ({ chatId, before: before.get(chatId) }))
  await settleItems(
    tx,
    job,
    settled.map((item) => ({ ...item, phase: item.before === undefined ? 'same' : 'changed' })),
  )
  await appendEvents(tx, job.account_id, events)
  return updateJob(tx, job, { handled: job.handled + chatIds.length, changed: job.changed + before.size })
}

/** A tag or a user that was deleted meanwhile: then nothing happens to these chats. */
function nothingWhenRefused(error: unknown): { before: ReadonlyMap<ChatId, unknown>; events: [] } {
  if (error instanceof AppError) return { before: new Map(), events: [] }
  throw error
}

async function undo(tx: Tx, acting: Acting, job: BulkRow): Promise<BulkRow> {
  const action = job.action as ChatAction
  const items = await takeItems(tx, job, 'changed', action)
  if (items.length === 0) return finishJob(tx, job, 'undone', acting.now)
  const befores = new Map(items.map((item) => [item.chat_id, item.before]))
  const { restored, events } = await undoOnChats(tx, acting, befores, action)
  const back = new Set(restored)
  await settleItems(
    tx,
    job,
    items.map((item) => ({ chatId: item.chat_id, phase: back.has(item.chat_id) ? 'restored' : 'kept' })),
  )
  await appendEvents(tx, job.account_id, events)
  return updateJob(tx, job, { restored: job.restored + restored.length })
}

/** In id order, as everybody locks chats. */
function takeItems(tx: Tx, job: BulkRow, phase: BulkItemPhase, action: ChatAction) {
  const isOfLeads = !isStateAction(action) && action.type !== 'mute' && action.type !== 'unmute'
  return tx
    .selectFrom('bulk_item')
    .select(['chat_id', 'before'])
    .where('account_id', '=', job.account_id)
    .where('job_id', '=', job.id)
    .where('phase', '=', phase)
    .orderBy('chat_id')
    .limit(isOfLeads ? LEADS_AT_ONCE : AT_ONCE)
    .execute()
}

interface SettledItem {
  chatId: ChatId
  phase: BulkItemPhase
  before?: unknown
}

async function settleItems(tx: Tx, job: BulkRow, items: readonly SettledItem[]): Promise<void> {
  await sql`
    update bulk_item i set phase = k.phase, before = coalesce(k.before, i.before)
    from unnest(${items.map((item) => item.chatId)}::uuid[], ${items.map((item) => item.phase)}::text[],
      ${items.map((item) => (item.before === undefined ? null : JSON.stringify(item.before)))}::jsonb[])
      as k (chat_id, phase, before)
    where i.account_id = ${job.account_id} and i.job_id = ${job.id}::uuid and i.chat_id = k.chat_id`.execute(tx)
}

/** Answers a job whose turn it is, now the caller's for `leaseMs`; the one that waits longest. */
export async function claimBulk(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  leaseMs: number,
): Promise<BulkRow | undefined> {
  const now = clock.now()
  return db
    .updateTable('bulk_job')
    .set({ due_at: new Date(now.getTime() + leaseMs) })
    .where(
      (eb) => eb.refTuple('account_id', 'id'),
      'in',
      (eb) =>
        eb
          .selectFrom('bulk_job as due')
          .select(['due.account_id', 'due.id'])
          .where('due.due_at', '<=', now)
          .orderBy('due.due_at')
          .limit(1)
          .forUpdate()
          .skipLocked()
          .$asTuple('account_id', 'id'),
    )
    .returningAll()
    .executeTakeFirst()
}

/** Gives a job back: others have their turn before it. */
export async function releaseBulk({ db, clock }: Pick<Deps, 'db' | 'clock'>, job: BulkRow): Promise<void> {
  await db
    .updateTable('bulk_job')
    .set({ due_at: clock.now() })
    .where('account_id', '=', job.account_id)
    .where('id', '=', job.id)
    .where('due_at', 'is not', null)
    .execute()
}
