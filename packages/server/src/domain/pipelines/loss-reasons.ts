import type { AccountId, ChangeLossReasonRequest, LossReason, LossReasonId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { isUniqueViolation } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { requireAdmin, type Viewer } from '../users/viewer.ts'
import { changingPipelines, moveTo, type PipelineDeps } from './lock-pipelines.ts'

const MOST_REASONS = 100

/** Why leads are lost here, in the order people choose from. */
export async function listLossReasons(db: Pick<Db, 'selectFrom'>, accountId: AccountId): Promise<LossReason[]> {
  return db
    .selectFrom('loss_reason')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** @throws {AppError} `forbidden`: only admins; `conflict`: the name is taken, or there are too many */
export async function createLossReason(deps: PipelineDeps, viewer: Viewer, name: string): Promise<LossReason> {
  requireAdmin(viewer, 'add loss reasons')
  const accountId = viewer.account.id
  return changingReasons(deps, viewer, async (tx, reasons) => {
    if (reasons.length >= MOST_REASONS)
      throw new AppError('conflict', `An account has at most ${MOST_REASONS} loss reasons. Delete one first.`)
    return tx
      .insertInto('loss_reason')
      .values({ account_id: accountId, name, position: reasons.length })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow()
  })
}

/** @throws {AppError} `forbidden`: only admins; `not_found`; `conflict`: the name is taken */
export async function changeLossReason(
  deps: PipelineDeps,
  viewer: Viewer,
  id: LossReasonId,
  { name, position }: ChangeLossReasonRequest,
): Promise<LossReason> {
  requireAdmin(viewer, 'change loss reasons')
  const accountId = viewer.account.id
  return changingReasons(deps, viewer, async (tx, reasons) => {
    const before = pick(reasons, id)
    if (name !== undefined) await update(tx, accountId, id, { name })
    const ids = reasons.map((one) => one.id)
    if (position !== undefined)
      for (const [place, one] of moveTo(ids, id, position).entries())
        await update(tx, accountId, one, { position: place })
    return { id, name: name ?? before.name }
  })
}

/**
 * Takes a reason from the list; leads that were lost for it still say so.
 * @throws {AppError} `forbidden`: only admins; `not_found`
 */
export async function deleteLossReason(
  deps: PipelineDeps & Pick<Deps, 'clock'>,
  viewer: Viewer,
  id: LossReasonId,
): Promise<void> {
  requireAdmin(viewer, 'delete loss reasons')
  await changingReasons(deps, viewer, async (tx, reasons) => {
    pick(reasons, id)
    await update(tx, viewer.account.id, id, { deleted_at: deps.clock.now() })
  })
}

async function changingReasons<Answer>(
  deps: PipelineDeps,
  viewer: Viewer,
  change: (tx: Tx, reasons: LossReason[]) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await changingPipelines(deps, viewer, async (tx) => change(tx, await listLossReasons(tx, viewer.account.id)))
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError('conflict', 'name: another loss reason has it.', { details: { field: 'name' } })
  }
}

function pick(reasons: readonly LossReason[], id: LossReasonId): LossReason {
  const reason = reasons.find((one) => one.id === id)
  if (!reason) throw new AppError('not_found', 'There is no such loss reason in this account.')
  return reason
}

async function update(
  tx: Tx,
  accountId: AccountId,
  id: LossReasonId,
  values: { name?: string; position?: number; deleted_at?: Date },
): Promise<void> {
  await tx.updateTable('loss_reason').set(values).where('account_id', '=', accountId).where('id', '=', id).execute()
}
