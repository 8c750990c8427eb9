import type { Account, AccountId, AmojoId, Me, Role, User, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'

/** Who works in an account, in the order they came; without those who were switched off. */
export async function listUsers(db: Db, accountId: AccountId): Promise<User[]> {
  const rows = await db
    .selectFrom('account_user')
    .select(['id', 'amojo_id', 'name', 'email', 'role'])
    .where('account_id', '=', accountId)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ amojo_id, ...user }) => ({ ...user, amojoId: amojo_id }))
}

/** A user and the account beside each other in one row. */
export interface MemberRow {
  user_id: UserId
  user_amojo_id: AmojoId
  user_name: string
  email: string
  role: Role
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
  'a.id as account_id',
  'a.name as account_name',
  'a.subdomain',
  'a.amojo_id',
  'a.time_zone',
  'a.currency',
] as const

export function toMe(row: MemberRow): Me {
  const user: User = {
    id: row.user_id,
    amojoId: row.user_amojo_id,
    name: row.user_name,
    email: row.email,
    role: row.role,
  }
  const account: Account = {
    id: row.account_id,
    name: row.account_name,
    subdomain: row.subdomain,
    amojoId: row.amojo_id,
    timeZone: row.time_zone,
    currency: row.currency,
  }
  return { user, account }
}
