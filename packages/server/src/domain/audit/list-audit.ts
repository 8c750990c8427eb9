import type { AccountId, AuditAction, AuditEntry, AuditId, AuditPage, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

export interface AuditQuery {
  limit: number
  /** The page key of the page before. */
  after?: string | undefined
  actions?: readonly AuditAction[] | undefined
  /** Who did it, or whom it was done to. */
  userId?: UserId | undefined
  from?: Date | undefined
  /** Excluding. */
  until?: Date | undefined
}

/** The account's audit log, newest first. */
export async function listAudit(db: Db, accountId: AccountId, query: AuditQuery): Promise<AuditPage> {
  const { limit, after, actions, userId, from, until } = query
  const rows = await db
    .selectFrom('audit as a')
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'a.account_id').onRef('u.id', '=', 'a.actor_user_id'),
    )
    .selectAll('a')
    .select('u.name as actor_name')
    .where('a.account_id', '=', accountId)
    .$if(after !== undefined, (q) => q.where('a.id', '<', readKey(after!)))
    .$if(actions !== undefined, (q) => q.where('a.action', 'in', actions!))
    .$if(userId !== undefined, (q) =>
      q.where((eb) =>
        eb.or([
          eb('a.actor_user_id', '=', userId!),
          eb.and([eb('a.target_kind', '=', 'user'), eb('a.target_id', '=', String(userId))]),
        ]),
      ),
    )
    .$if(from !== undefined, (q) => q.where('a.at', '>=', from!))
    .$if(until !== undefined, (q) => q.where('a.at', '<', until!))
    .orderBy('a.id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(
    (row): AuditEntry => ({
      id: row.id,
      at: row.at.getTime(),
      action: row.action,
      actor: row.actor_user_id === null ? null : { id: row.actor_user_id, name: row.actor_name ?? '' },
      address: row.address,
      target:
        row.target_kind === null ? null : { kind: row.target_kind, id: row.target_id ?? '', name: row.target_name },
      details: row.details as Record<string, unknown>,
    }),
  )
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? String(last.id) : null }
}

function readKey(key: string): AuditId {
  if (/^\d{1,15}$/.test(key)) return Number(key) as AuditId
  throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
}
