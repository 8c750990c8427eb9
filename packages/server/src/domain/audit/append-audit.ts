import type { AccountId, AuditAction, AuditTargetKind, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

/** Who does something, and from where. */
export interface Actor {
  accountId: AccountId
  /** Null: somebody who is not logged in, or the operator. */
  userId: UserId | null
  /** Null: it is no request. */
  address: string | null
}

/** Something worth knowing later about who may do what, and who took data out. */
export interface NewAuditEntry {
  at: Date
  action: AuditAction
  target?: { kind: AuditTargetKind; id: number | string; name?: string | null } | undefined
  /** Never a secret: no password, no token, no code. */
  details?: Record<string, unknown> | undefined
}

/** Writes down in the transaction of the change what was changed, by whom, from where: both are kept or neither is. */
export async function appendAudit(tx: Tx, actor: Actor, ...entries: readonly NewAuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map(({ at, action, target, details }) => ({
    account_id: actor.accountId,
    at,
    actor_user_id: actor.userId,
    address: actor.address,
    action,
    target_kind: target?.kind ?? null,
    target_id: target ? String(target.id) : null,
    target_name: target?.name ?? null,
    details: JSON.stringify(details ?? {}),
  }))
  await tx.insertInto('audit').values(rows).execute()
}

/** What is to be written down, for whoever has the transaction of the change. */
export const auditNote =
  (actor: Actor, entry: NewAuditEntry) =>
  (tx: Tx): Promise<void> =>
    appendAudit(tx, actor, entry)
