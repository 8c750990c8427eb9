import type { IntegrationId, TokenFamilyId } from '../ids.ts'

/** What an integration may be let do, by the wire's names. `crm`: the account, its people, leads, contacts and chats. */
export const ACCESS_SCOPES = ['crm', 'files', 'notifications'] as const
export type AccessScope = (typeof ACCESS_SCOPES)[number]

/** A program that this account registered, or let in, or may let in. Without the secret, which is shown once. */
export interface Integration {
  /** What the wire calls `client_id`. */
  id: IntegrationId
  name: string
  about: string | null
  /** This account registered it, and can change it. */
  isOwn: boolean
  /** The account that registered it. */
  ownerName: string
  /** Every account may install it. */
  isPublic: boolean
  scopes: AccessScope[]
  createdAt: number
  /** Null: it is not installed in this account. */
  grant: IntegrationGrant | null
  /** What only its owner sees; null for others. */
  registration: IntegrationRegistration | null
}

/** An integration's leave to work in this account. */
export interface IntegrationGrant {
  grantedAt: number
  /** In whose name it acts. */
  userName: string
  scopes: AccessScope[]
  /** The newest use of any of its tokens, to within five minutes; null: none was used. */
  lastUsedAt: number | null
}

export interface IntegrationRegistration {
  redirectUris: string[]
  /** Told when it is uninstalled; null: it is not told. */
  uninstallUrl: string | null
  /** In how many accounts it is installed. */
  installs: number
}

/** The answer that shows a secret: the only one. */
export interface IntegrationWithSecret {
  integration: Integration
  secret: string
}

/** A token of an integration that was made by hand, and not by a consent. */
export interface LongLivedToken {
  id: TokenFamilyId
  name: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number | null
}

/** What somebody is asked who is to let an integration in. */
export interface Consent {
  integration: { id: IntegrationId; name: string; about: string | null; ownerName: string; isOwn: boolean }
  /** Whose data it is about. */
  accountName: string
  scopes: AccessScope[]
  /** Where the browser goes on to. */
  redirectHost: string
  isInstalled: boolean
  /** Only an admin can let it in. */
  canAllow: boolean
}

/** Where the browser goes, whatever was decided. */
export interface ConsentAnswer {
  url: string
}
