import type { GroupId, InvitationId, RoleId, UserId } from '../ids.ts'
import type { Role, User } from './people.ts'
import type { Rights } from './rights.ts'

/** A named set of rights that managers are given. */
export interface TeamRole {
  id: RoleId
  name: string
  rights: Rights
  /** Who has it. */
  userIds: UserId[]
}

/** People who see each other's things, where a role says `group`. */
export interface TeamGroup {
  id: GroupId
  name: string
  userIds: UserId[]
}

/** A user as the admins see him. */
export interface TeamMember extends User {
  createdAt: number
  /** When the person was last here, as far as a session tells; null: not for a month. */
  lastSeenAt: number | null
  /** Switched off since then; null: works here. */
  disabledAt: number | null
  /** A code or a passkey is asked for, beside or instead of the password. */
  hasSecondFactor: boolean
}

export interface Invitation {
  id: InvitationId
  /** Null: a link for whoever is given it. */
  email: string | null
  name: string | null
  role: Role
  roleId: RoleId | null
  groupId: GroupId | null
  invitedBy: { id: UserId; name: string } | null
  createdAt: number
  expiresAt: number
  /** When it last went out by mail. */
  sentAt: number | null
}

/** An invitation just made: its link is shown once. */
export interface NewInvitation {
  invitation: Invitation
  link: string
  /** A mail with the link is on its way. */
  isMailed: boolean
}
