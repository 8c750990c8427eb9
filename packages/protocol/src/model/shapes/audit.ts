import type { AuditId, UserId } from '../ids.ts'
import type { Page } from './paging.ts'

/** What is written down about who may do what, and who took data out: `noun.past_verb`. */
export const AUDIT_ACTIONS = [
  'session.opened',
  /** Somebody tried a log-in or a second factor of a user of ours, and it was wrong. */
  'session.refused',
  /** Ended from another screen, by the user or an admin. */
  'session.ended',
  'password.changed',
  /** A link to a new one was asked for at the log-in, or made by an admin. */
  'password.link_made',
  'totp.turned_on',
  'totp.turned_off',
  'recovery_codes.made',
  'recovery_code.used',
  'passkey.added',
  'passkey.removed',
  'token.made',
  'token.ended',
  /** What programs of 2017 log in with. */
  'api_key.made',
  'api_key.renewed',
  'api_key.revoked',
  'user.made',
  'user.changed',
  'user.disabled',
  'user.enabled',
  'role.made',
  'role.changed',
  'role.deleted',
  'group.made',
  'group.changed',
  'group.deleted',
  'invitation.made',
  'invitation.resent',
  'invitation.revoked',
  'invitation.accepted',
  'account.made',
  'account.changed',
  /** What an account adds to its leads and contacts, and where its leads come from. */
  'field.made',
  'field.changed',
  'field.deleted',
  'tag.made',
  'tag.changed',
  'tag.merged',
  'tag.deleted',
  'source.made',
  'source.changed',
  'source.deleted',
  /** What the account registered as a channel, and what it is connected to. */
  'channel.made',
  'channel.changed',
  'channel.secret_rotated',
  'channel.secret_revoked',
  /** Its hooks wait; they go out again; all since a time go out once more. */
  'channel.paused',
  'channel.resumed',
  'channel.replayed',
  'channel.connected',
  'channel.disconnected',
  /** The simulator takes one's own hooks, in the place of the channel's address. */
  'channel.simulated',
  'channel.unsimulated',
  /** By the operator, where channels are moderated. */
  'channel.approved',
  'channel.returned',
  'channel.refused',
  /** A program that was registered here, and programs that were let in. */
  'integration.made',
  'integration.changed',
  'integration.deleted',
  'integration.secret_rotated',
  'integration.installed',
  'integration.uninstalled',
  'integration.token_made',
  /** By its holder, by an admin, or because one of them was used twice. */
  'integration.tokens_revoked',
  /** Who runs this server. */
  'operator.added',
  'operator.removed',
  'contact.merged',
  'contact.unmerged',
  'data.exported',
  'data.erased',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export type AuditTargetKind =
  | 'user'
  | 'role'
  | 'group'
  | 'invitation'
  | 'account'
  | 'session'
  | 'token'
  | 'passkey'
  | 'contact'
  | 'lead'
  | 'figures'
  | 'field'
  | 'tag'
  | 'source'
  | 'channel'
  | 'integration'

/** One line of the audit log. */
export interface AuditEntry {
  id: AuditId
  at: number
  action: AuditAction
  /** Null: somebody who was not logged in, or the operator. */
  actor: { id: UserId; name: string } | null
  /** Where the request came from; null when it was no request. */
  address: string | null
  /** To whom or what it was done; the name is what it was called then. */
  target: { kind: AuditTargetKind; id: string; name: string | null } | null
  /** What else is known, by name, e.g. `{"changed": ["name", "role"]}`. */
  details: Record<string, unknown>
}

export type AuditPage = Page<AuditEntry>
