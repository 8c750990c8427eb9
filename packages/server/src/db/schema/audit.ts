import type { AccountId, AuditAction, AuditId, AuditTargetKind, UserId } from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { Json, OrNull, Time } from './columns.ts'

export interface AuditTables {
  audit: {
    account_id: AccountId
    id: Generated<AuditId>
    at: Time
    actor_user_id: OrNull<UserId>
    address: OrNull<string>
    action: AuditAction
    target_kind: OrNull<AuditTargetKind>
    target_id: OrNull<string>
    target_name: OrNull<string>
    details: Json
  }
}
