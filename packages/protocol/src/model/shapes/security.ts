import type { LogInMethod } from './people.ts'

/** What the second step of a log-in may be; a recovery code stands in for either. */
export type SecondFactor = 'code' | 'passkey'

/** `details` of the refusal `second_factor_needed`: the password was right, and more is asked for. */
export interface SecondFactorNeeded {
  /** Names this log-in; good for some minutes and for one of these. */
  ticket: string
  factors: SecondFactor[]
  expiresAt: number
}

/** What a log-in page has to know before anybody is known. */
export interface Entrance {
  /** Whose page this is, by the host's subdomain; null: any account's. */
  account: { name: string; subdomain: string } | null
  canSignUp: boolean
  /** A forgotten password can be replaced by mail. */
  canMail: boolean
  /** This address can hold passkeys: a name, not a number. */
  canUsePasskeys: boolean
  /** What stands behind an account's subdomain, e.g. `crm.example.com`; null: accounts have no addresses of their own. */
  baseHost: string | null
}

/** A browser, or a program with the cookie, that is logged in. */
export interface SessionInfo {
  id: string
  userAgent: string
  address: string | null
  method: LogInMethod | null
  createdAt: number
  /** To some minutes. */
  lastSeenAt: number
  /** The one that asks. */
  isThisOne: boolean
}

export interface PasskeyInfo {
  id: string
  name: string
  createdAt: number
  lastUsedAt: number | null
  /** Kept by a password manager and on several devices. */
  isBackedUp: boolean
}

export interface TokenInfo {
  id: string
  name: string | null
  createdAt: number
  expiresAt: number
  lastUsedAt: number | null
}

/** The key that programs of 2017 log in with (`USER_HASH`); without the key itself, which is shown once. */
export interface ApiKeyInfo {
  createdAt: number
  /** To some minutes. */
  lastUsedAt: number | null
}

/** Shown once. */
export interface NewApiKey {
  key: string
  /** What stands beside it as `USER_LOGIN`. */
  login: string
}

/** How one's own log-in is guarded. */
export interface Security {
  /** Null: the first one. */
  passwordChangedAt: number | null
  /** Since when a code is asked for; null: it is not. */
  codesSince: number | null
  recoveryCodesLeft: number
  passkeys: PasskeyInfo[]
}

/** What an authenticator app is told; shown until a code of it was typed. */
export interface NewAuthenticator {
  secret: string
  /** `otpauth://…`, to be shown as a QR code. */
  uri: string
}

/** Shown once. */
export interface RecoveryCodes {
  codes: string[]
}

/** The first second factor comes with recovery codes; null: there are some already. */
export interface NewPasskey {
  passkey: PasskeyInfo
  recoveryCodes: string[] | null
}

/** Options for the browser's `navigator.credentials`, and the name of the step to end with. */
export interface PasskeyStep<Options = Record<string, unknown>> {
  step: string
  options: Options
}

/** Whether a new account can have this subdomain. */
export interface SubdomainAnswer {
  isFree: boolean
  /** Why not, in words for people; null when it is free. */
  reason: string | null
}

/** What somebody who was invited is shown before he is anybody. */
export interface OpenInvitation {
  account: { name: string; subdomain: string }
  invitedBy: string | null
  /** Null: he says it himself. */
  email: string | null
  name: string | null
}
