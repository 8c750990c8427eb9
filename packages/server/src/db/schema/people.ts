import type {
  AccountId,
  AmojoId,
  FileId,
  GroupId,
  InvitationId,
  Language,
  LogInMethod,
  Preferences,
  Rights,
  Role,
  RoleId,
  UserId,
  WorkingHours,
} from '@parley/protocol/model'
import type { ColumnType, Generated } from 'kysely'
import type { OrNull, Time, TimeNow, TimeOrNull } from './columns.ts'

export interface PeopleTables {
  installation: {
    id: number
    secret_key: OrNull<Buffer>
    key_fingerprint: OrNull<string>
    created_at: TimeNow
    vapid_keys: OrNull<Buffer>
    signing_keys: OrNull<Buffer>
  }
  account: {
    id: Generated<AccountId>
    name: string
    subdomain: string
    amojo_id: AmojoId
    time_zone: Generated<string>
    currency: Generated<string>
    created_at: TimeNow
    language: OrNull<Language>
    working_hours: ColumnType<WorkingHours | null, string | null | undefined, string | null>
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
    avatar_file_id: OrNull<FileId>
    preferences: ColumnType<Preferences, string | undefined, string>
    password_changed_at: TimeOrNull
    is_operator: Generated<boolean>
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
    last_seen_at: TimeOrNull
    address: OrNull<string>
    method: OrNull<LogInMethod>
  }
  api_token: {
    account_id: AccountId
    token_hash: Buffer
    user_id: UserId
    created_at: TimeNow
    expires_at: Time
    name: OrNull<string>
    last_used_at: TimeOrNull
  }
  api_key: {
    account_id: AccountId
    user_id: UserId
    key_hash: Buffer
    created_at: Time
    last_used_at: TimeOrNull
  }
  api_key_session: { account_id: AccountId; token_hash: Buffer; user_id: UserId; expires_at: Time }
  user_totp: {
    account_id: AccountId
    user_id: UserId
    secret_sealed: Buffer
    created_at: Time
    confirmed_at: TimeOrNull
    last_step: Generated<number>
  }
  recovery_code: { account_id: AccountId; user_id: UserId; code_hash: Buffer; created_at: Time; used_at: TimeOrNull }
  passkey: {
    account_id: AccountId
    credential_id: string
    user_id: UserId
    public_key: Buffer
    counter: number
    transports: Generated<string[]>
    name: string
    is_backed_up: Generated<boolean>
    created_at: Time
    last_used_at: TimeOrNull
  }
  log_in_step: {
    token_hash: Buffer
    kind: 'second_factor' | 'passkey_log_in' | 'new_passkey'
    account_id: OrNull<AccountId>
    user_id: OrNull<UserId>
    challenge: OrNull<string>
    failures: Generated<number>
    expires_at: Time
  }
  invitation: {
    account_id: AccountId
    id: Generated<InvitationId>
    token_hash: Buffer
    email: OrNull<string>
    name: OrNull<string>
    role: Role
    role_id: OrNull<RoleId>
    group_id: OrNull<GroupId>
    invited_by: OrNull<UserId>
    created_at: Time
    expires_at: Time
    sent_at: TimeOrNull
    accepted_at: TimeOrNull
    user_id: OrNull<UserId>
    revoked_at: TimeOrNull
  }
  password_reset: {
    account_id: AccountId
    token_hash: Buffer
    user_id: UserId
    made_by: OrNull<UserId>
    created_at: Time
    expires_at: Time
    used_at: TimeOrNull
  }
}
