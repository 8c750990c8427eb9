import type { BulkJobId, BulkRequest } from '@parley/protocol/model'
import { awaitFollower } from '../../events/follow-events.ts'
import type { Viewer } from '../users/viewer.ts'
import { type BulkDeps, type BulkRow, beginUndo, createBulk } from './bulk-jobs.ts'
import { INBOX_FOLLOWER } from './inbox-columns.ts'
import { isOver, stepBulk } from './step-bulk.ts'

/** So few chats are done with before the answer; more are left to the background. */
const AT_ONCE = 50
/** Within this the request has ended, or its process has, and the background job goes on. */
const LEASE_MS = 15_000

/**
 * Does something to one chat or many.
 * @throws {AppError} `invalid_request` names the field
 */
export async function runBulk(deps: BulkDeps, viewer: Viewer, request: BulkRequest): Promise<BulkRow> {
  const isSmall = 'ids' in request && request.ids.length <= AT_ONCE
  // "All that match" is what somebody has before his eyes, his own last change included.
  if (!('ids' in request)) await awaitFollower(deps.hotPool, viewer.account.id, INBOX_FOLLOWER)
  const job = await createBulk(deps, viewer, request, dueAt(deps, isSmall))
  return isSmall ? runToEnd(deps, job) : leaveToBackground(deps, job)
}

/** @throws {AppError} `not_found`; `conflict`: too late */
export async function undoBulk(deps: BulkDeps, viewer: Viewer, id: BulkJobId): Promise<BulkRow> {
  const job = await beginUndo(deps, viewer, id, deps.clock.now())
  return job.total <= AT_ONCE && job.phase === 'undoing' ? runToEnd(deps, job) : leaveToBackground(deps, job)
}

/** What is done here the background job takes up only when this process is gone. */
const dueAt = ({ clock }: BulkDeps, isDoneHere: boolean) =>
  new Date(clock.now().getTime() + (isDoneHere ? LEASE_MS : 0))

async function runToEnd(deps: BulkDeps, job: BulkRow): Promise<BulkRow> {
  let now = job
  while (!isOver(now)) now = await stepBulk(deps, job.account_id, job.id, LEASE_MS)
  return now
}

function leaveToBackground(deps: BulkDeps, job: BulkRow): BulkRow {
  deps.nudgeBulk()
  return job
}
