import {
  type Account,
  type AccountId,
  type AmojoId,
  FULL_RIGHTS,
  type GroupId,
  type Language,
  MANAGER_RIGHTS,
  type Rights,
  type Role,
  type RoleId,
  type User,
  type UserId,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Viewer } from './viewer.ts'

/** Who works in an account, in the order they came; without those who were switched off. */
export async function listUsers(db: Db, accountId: AccountId): Promise<User[]> {
  const rows = await db
    .selectFrom('account_user')
    .select(['id', 'amojo_id', 'name', 'email', 'role', 'role_id', 'group_id'])
    .where('account_id', '=', accountId)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ amojo_id, role_id, group_id, ...user }) => ({
    ...user,
    amojoId: amojo_id,
    roleId: role_id,
    groupId: group_id,
  }))
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
  language: Language | null
  rights: Rights | null
  group_user_ids: UserId[] | null
  account_id: AccountId
  account_name: string
  subdomain: string
  amojo_id: AmojoId
  time_zone: string
  currency: string
}

export const MEMBER_COLUMNS = [
  'u.id as user_id',
  'u.amojo_id as user_amojo_id',
  'u.name as user_name',
  'u.email',
  'u.role',
  'u.role_id',
  'u.group_id',
  'u.language',
  sql<Rights | null>`(select r.rights from role r where r.account_id = u.account_id and r.id = u.role_id)`.as('rights'),
  sql<UserId[] | null>`(select jsonb_agg(g.id) from account_user g
    where g.account_id = u.account_id and g.group_id = u.group_id)`.as('group_user_ids'),
  'a.id as account_id',
  'a.name as account_name',
  'a.subdomain',
  'a.amojo_id',
  'a.time_zone',
  'a.currency',
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
  }
  const account: Account = {
    id: row.account_id,
    name: row.account_name,
    subdomain: row.subdomain,
    amojoId: row.amojo_id,
    timeZone: row.time_zone,
    currency: row.currency,
  }
  const rights = row.role === 'admin' ? FULL_RIGHTS : (row.rights ?? MANAGER_RIGHTS)
  return { user, account, rights, language: row.language, groupUserIds: row.group_user_ids ?? [user.id] }
}
