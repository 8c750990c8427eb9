import type { LeadId, RightAct, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Audience, covers, ownersFor, type Viewer } from '../users/viewer.ts'

const selectOwner = statementsOf('leads')(
  'owner',
  'select responsible_user_id from lead where account_id = $1 and id = $2',
)

const DOING: Record<Exclude<RightAct, 'view'>, string> = { edit: 'change', delete: 'delete', export: 'export' }

/**
 * The way in to a lead; also to one that was declined or deleted, which the caller tells apart.
 * Answers the id, now known to be the viewer's to use.
 * @throws {AppError} `not_found`: no such lead in this account, or not for this viewer; `forbidden`: may be seen, not more
 */
export async function accessLead(
  pool: Runner,
  viewer: Viewer,
  leadId: LeadId,
  act: RightAct = 'view',
): Promise<LeadId> {
  await accessLeadOfOwner(pool, viewer, leadId, act)
  return leadId
}

/** The same; answers who may see it, for what is told to them. */
export async function accessLeadOfOwner(
  pool: Runner,
  viewer: Viewer,
  leadId: LeadId,
  act: RightAct = 'view',
): Promise<Audience> {
  const rows = await run<{ responsible_user_id: UserId | null }>(pool, selectOwner, [viewer.account.id, leadId])
  const [row] = rows
  if (!row || !covers(ownersFor(viewer, 'leads'), row.responsible_user_id))
    throw new AppError('not_found', 'There is no such lead in this account, or it was declined.')
  if (act !== 'view' && !covers(ownersFor(viewer, 'leads', act), row.responsible_user_id))
    throw new AppError('forbidden', `Your role does not let you ${DOING[act]} this lead. An admin can change that.`)
  return { area: 'leads', ownerId: row.responsible_user_id }
}
