import type { AccountId, AmojoId, GroupId, RoleId, UserId } from '../ids.ts'
import type { Rights } from './rights.ts'

/** An admin may do everything; what a manager may do says the role given to him. */
export type Role = 'admin' | 'manager'

/** What the screens speak. */
export const LANGUAGES = ['en', 'ru', 'es', 'pt'] as const
export type Language = (typeof LANGUAGES)[number]

export interface User {
  id: UserId
  amojoId: AmojoId
  name: string
  email: string
  role: Role
  /** Null: a manager with the usual rights, or an admin. */
  roleId: RoleId | null
  groupId: GroupId | null
}

export interface Account {
  id: AccountId
  name: string
  subdomain: string
  amojoId: AmojoId
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
}

/** Who is logged in, and where. */
export interface Me {
  user: User
  account: Account
  rights: Rights
  /** Null: as the browser says. */
  language: Language | null
}
