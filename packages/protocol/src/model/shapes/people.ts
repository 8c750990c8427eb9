import type { AccountId, AmojoId, UserId } from '../ids.ts'

export type Role = 'admin' | 'manager'

export interface User {
  id: UserId
  amojoId: AmojoId
  name: string
  email: string
  role: Role
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
}
