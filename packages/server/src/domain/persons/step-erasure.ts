import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { ERASURE_STEPS, type ErasureScope, type ErasureStep } from '../../db/schema.ts'
import type { Deps } from '../deps.ts'
import { eraseCards } from './erase-cards.ts'
import { eraseDeliveries, eraseFetches, eraseMessages, eraseNotifications } from './erase-chats.ts'
import { eraseEditsElsewhere, eraseElsewhere } from './erase-elsewhere.ts'
import { eraseFiles } from './erase-files.ts'
import { eraseIndex } from './erase-index.ts'
import { eraseRequests } from './erase-requests.ts'
import type { Erasing, Progress } from './erasing.ts'

export type ErasureDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'storage'>

/** Something else must come to its end first: a download, a follower. */
const WAIT_MS = 1000
const AFTER_FAILURE_MS = 60_000

const STEPS: Record<ErasureStep, (erasing: Erasing) => Promise<Progress>> = {
  fetches: eraseFetches,
  messages: eraseMessages,
  deliveries: eraseDeliveries,
  notifications: eraseNotifications,
  cards: eraseCards,
  elsewhere: eraseElsewhere,
  edits_elsewhere: eraseEditsElsewhere,
  files: eraseFiles,
  index: eraseIndex,
  requests: eraseRequests,
}

/**
 * Does a little more of what is to be erased, in one short transaction with what it notes down of it: whoever dies in the
 * middle has done nothing that is not known, and whoever goes on does nothing twice. Two nodes take turns.
 * Answers how many chunks were done: none when nothing is to be done, or it must wait.
 */
export async function stepErasure(deps: ErasureDeps): Promise<number> {
  const now = deps.clock.now()
  let job: Job | undefined
  const work = async (tx: Tx) => {
    job = await claim(tx, now)
    if (!job) return undefined
    const { account_id: accountId, step, scope, asked_at: askedAt } = job
    const erasing = { tx, accountId, scope, askedAt, now, storage: deps.storage }
    const progress = await STEPS[step](erasing)
    await writeDown(tx, job, { progress, scope: erasing.scope, now })
    return { accountId, progress }
  }
  const done = await deps.db
    .transaction()
    .execute(work)
    .catch(async (error: unknown) => {
      if (job) await putOff(deps, job, now)
      throw error
    })
  if (!done) return 0
  deps.nudge(done.accountId)
  return done.progress === 'wait' ? 0 : 1
}

type Job = NonNullable<Awaited<ReturnType<typeof claim>>>

function claim(tx: Tx, now: Date) {
  return tx
    .selectFrom('erasure')
    .select(['account_id', 'id', 'scope', 'step', 'asked_at'])
    .where('finished_at', 'is', null)
    .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<=', now)]))
    .orderBy('asked_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** One that cannot go on just now does not hold up the others. */
async function putOff({ db }: Pick<Deps, 'db'>, { account_id: accountId, id }: Job, now: Date): Promise<void> {
  await db
    .updateTable('erasure')
    .set({ leased_until: new Date(now.getTime() + AFTER_FAILURE_MS) })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

async function writeDown(
  tx: Tx,
  { account_id: accountId, id, step }: Job,
  { progress, scope, now }: { progress: Progress; scope: ErasureScope; now: Date },
): Promise<void> {
  const next = progress === 'done' ? ERASURE_STEPS[ERASURE_STEPS.indexOf(step) + 1] : step
  if (progress === 'done') delete scope.cursor
  await tx
    .updateTable('erasure')
    .set({
      scope: next === undefined ? '{}' : JSON.stringify(scope),
      ...(next !== undefined && { step: next }),
      leased_until: progress === 'wait' ? new Date(now.getTime() + WAIT_MS) : null,
      finished_at: next === undefined ? now : null,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
}

/** How many people are being erased; for tests and whoever waits. */
export async function countErasures({ db }: Pick<Deps, 'db'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from erasure where finished_at is null`.execute(db)
  return rows[0]?.n ?? 0
}
