import type { AccountId, AmojoId, GroupId, Language, Rights, Role, RoleId, UserId } from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface PeopleTables {
  installation: { id: number; secret_key: OrNull<Buffer>; key_fingerprint: OrNull<string>; created_at: TimeNow }
  account: {
    id: Generated<AccountId>
    name: string
    subdomain: string
    amojo_id: AmojoId
    time_zone: Generated<string>
    currency: Generated<string>
    created_at: TimeNow
  }
  account_seq: { account_id: AccountId; last_seq: Generated<number> }
  account_user: {
    account_id: AccountId
    id: Generated<UserId>
    amojo_id: AmojoId
    email: string
    name: string
    role: Role
    password_hash: string
    notifications_read_to: Generated<number>
    created_at: TimeNow
    disabled_at: TimeOrNull
    role_id: OrNull<RoleId>
    group_id: OrNull<GroupId>
    language: OrNull<Language>
  }
  role: { account_id: AccountId; id: Generated<RoleId>; name: string; rights: ColumnType<Rights, string, string> }
  user_group: { account_id: AccountId; id: Generated<GroupId>; name: string }
  user_session: {
    account_id: AccountId
    token_hash: Buffer
    user_id: UserId
    user_agent: Generated<string>
    created_at: TimeNow
    expires_at: Time
  }
  api_token: { account_id: AccountId; token_hash: Buffer; user_id: UserId; created_at: TimeNow; expires_at: Time }
}
