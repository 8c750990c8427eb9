import {
  type Account,
  type AccountId,
  type AmojoId,
  type FileId,
  FULL_RIGHTS,
  type GroupId,
  type Language,
  MANAGER_RIGHTS,
  type Preferences,
  type Rights,
  type Role,
  type RoleId,
  type TeamMember,
  type User,
  type UserId,
} from '@parley/protocol/model'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { avatarPath } from '../../lib/file-path.ts'
import type { Viewer } from './viewer.ts'

/** Who works in an account, in the order they came; without those who were switched off. */
export async function listUsers(db: Db, accountId: AccountId): Promise<User[]> {
  const rows = await db
    .selectFrom('account_user')
    .select(USER_COLUMNS)
    .where('account_id', '=', accountId)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(toUser)
}

export const USER_COLUMNS = [
  'account_id',
  'id',
  'amojo_id',
  'name',
  'email',
  'role',
  'role_id',
  'group_id',
  'avatar_file_id',
] as const

type UserRow = Pick<Selectable<Schema['account_user']>, (typeof USER_COLUMNS)[number]>

export const toUser = (row: UserRow): User => ({
  id: row.id,
  amojoId: row.amojo_id,
  name: row.name,
  email: row.email,
  role: row.role,
  roleId: row.role_id,
  groupId: row.group_id,
  avatarUrl: avatarPath(row.account_id, row.avatar_file_id),
})

/** @throws {AppError} `not_found` */
export async function getUser(db: Db, accountId: AccountId, userId: UserId): Promise<User> {
  const row = await db
    .selectFrom('account_user')
    .select(USER_COLUMNS)
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such user in this account.')
  return toUser(row)
}

/** The same as admins see it: also those who were switched off, last. */
export async function listTeam(db: Db, accountId: AccountId): Promise<TeamMember[]> {
  const rows = await db
    .selectFrom('account_user as u')
    .select(USER_COLUMNS)
    .select(['created_at', 'disabled_at'])
    .select((eb) => [
      eb
        .selectFrom('user_session as s')
        .select((s) => s.fn.max(s.fn.coalesce('s.last_seen_at', 's.created_at')).as('at'))
        .whereRef('s.account_id', '=', 'u.account_id')
        .whereRef('s.user_id', '=', 'u.id')
        .as('last_seen_at'),
      sql<boolean>`exists (select 1 from user_totp t where t.account_id = u.account_id and t.user_id = u.id
          and t.confirmed_at is not null)
        or exists (select 1 from passkey p where p.account_id = u.account_id and p.user_id = u.id)`.as('has_second'),
    ])
    .where('account_id', '=', accountId)
    .orderBy((eb) => eb('disabled_at', 'is not', null))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...toUser(row),
    createdAt: row.created_at.getTime(),
    lastSeenAt: row.last_seen_at?.getTime() ?? null,
    disabledAt: row.disabled_at?.getTime() ?? null,
    hasSecondFactor: row.has_second,
  }))
}

/** A user as he would ask himself; undefined when there is none, or he was switched off. */
export async function findViewer(db: Db, accountId: AccountId, userId: UserId): Promise<Viewer | undefined> {
  const row = await db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .where('u.account_id', '=', accountId)
    .where('u.id', '=', userId)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toViewer(row)
}

/** A user and the account beside each other in one row. */
export interface MemberRow {
  user_id: UserId
  user_amojo_id: AmojoId
  user_name: string
  email: string
  role: Role
  role_id: RoleId | null
  group_id: GroupId | null
  avatar_file_id: FileId | null
  language: Language | null
  preferences: Preferences
  is_operator: boolean
  rights: Rights | null
  group_user_ids: UserId[] | null
  account_id: AccountId
  account_name: string
  subdomain: string
  amojo_id: AmojoId
  time_zone: string
  currency: string
  account_language: Language | null
}

export const MEMBER_COLUMNS = [
  'u.id as user_id',
  'u.amojo_id as user_amojo_id',
  'u.name as user_name',
  'u.email',
  'u.role',
  'u.role_id',
  'u.group_id',
  'u.avatar_file_id',
  'u.language',
  'u.preferences',
  'u.is_operator',
  sql<Rights | null>`(select r.rights from role r where r.account_id = u.account_id and r.id = u.role_id)`.as('rights'),
  sql<UserId[] | null>`(select jsonb_agg(g.id) from account_user g
    where g.account_id = u.account_id and g.group_id = u.group_id)`.as('group_user_ids'),
  'a.id as account_id',
  'a.name as account_name',
  'a.subdomain',
  'a.amojo_id',
  'a.time_zone',
  'a.currency',
  'a.language as account_language',
] as const

export function toViewer(row: MemberRow): Viewer {
  const user: User = {
    id: row.user_id,
    amojoId: row.user_amojo_id,
    name: row.user_name,
    email: row.email,
    role: row.role,
    roleId: row.role_id,
    groupId: row.group_id,
    avatarUrl: avatarPath(row.account_id, row.avatar_file_id),
  }
  const account: Account = {
    id: row.account_id,
    name: row.account_name,
    subdomain: row.subdomain,
    amojoId: row.amojo_id,
    timeZone: row.time_zone,
    currency: row.currency,
    language: row.account_language,
  }
  const rights = row.role === 'admin' ? FULL_RIGHTS : (row.rights ?? MANAGER_RIGHTS)
  const { language, preferences } = row
  const groupUserIds = row.group_user_ids ?? [user.id]
  return { user, account, rights, language, preferences, isOperator: row.is_operator, groupUserIds }
}
