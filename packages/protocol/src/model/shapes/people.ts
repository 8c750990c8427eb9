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
  /** Of the small picture, on this server; null: the initials stand for the person. */
  avatarUrl: string | null
}

export const THEMES = ['light', 'dark', 'contrast', 'system'] as const
export const DENSITIES = ['comfortable', 'compact'] as const

/** How somebody wants the screens; what is absent is as the screens come. */
export interface Preferences {
  theme?: (typeof THEMES)[number]
  density?: (typeof DENSITIES)[number]
  /** Letters alone act as shortcuts. */
  singleKeys?: boolean
  /** Keys that somebody chose, by what they do; empty: none. What is not here has its usual keys. */
  keys?: Record<string, string>
}

/** How a session was opened. */
export type LogInMethod =
  | 'password'
  | 'password_and_code'
  | 'password_and_passkey'
  | 'passkey'
  | 'invitation'
  | 'sign_up'

export interface Account {
  id: AccountId
  name: string
  subdomain: string
  amojoId: AmojoId
  /** IANA name. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  /** Of its mail, and of people who chose none; null: English, and as the browser says. */
  language: Language | null
}

/** Who is logged in, and where. */
export interface Me {
  user: User
  account: Account
  rights: Rights
  /** Null: the account's, else as the browser says. */
  language: Language | null
  preferences: Preferences
  /** Runs this server: decides about channels that accounts register. */
  isOperator: boolean
}
