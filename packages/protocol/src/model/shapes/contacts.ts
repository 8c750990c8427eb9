import type { ChannelId, ChatId, ContactId, MergeId, ParticipantId, UserId } from '../ids.ts'
import type { FieldValues } from './fields.ts'
import type { Tag } from './tags.ts'

export interface Contact {
  id: ContactId
  name: string
  /** The first of its phones and e-mails. */
  phone: string | null
  email: string | null
  company: string | null
}

export type PointKind = 'phone' | 'email'

/** A phone or an e-mail of a contact. */
export interface ContactPoint {
  kind: PointKind
  value: string
  label: string | null
}

/** A contact as lists and cards show it. */
export interface ContactRow extends Contact {
  /** From the newest messenger in which it shows one. */
  avatarUrl: string | null
  /** Phones and e-mails, the first ones first. */
  points: ContactPoint[]
  responsible: { id: UserId; name: string } | null
  /** By name. */
  tags: Tag[]
  fields: FieldValues
  createdAt: number
  updatedAt: number
  /** To the minute; null before the first message. */
  activityAt: number | null
}

/** Who the contact is in one messenger. */
export interface ContactIdentity {
  id: ParticipantId
  name: string
  avatarUrl: string | null
  phone: string | null
  email: string | null
  profileLink: string | null
  channel: { id: ChannelId; code: string; title: string }
  /** The conversation; null when it is not the viewer's to see. */
  chatId: ChatId | null
}

/** A contact that went into this one. */
export interface ContactMerge {
  id: MergeId
  other: { id: ContactId; name: string }
  mergedBy: { id: UserId; name: string } | null
  mergedAt: number
}

/** Two that are one now. */
export interface MergedContact {
  mergeId: MergeId
  contact: ContactRow
}

/** One that is two again. */
export interface UndoneMerge {
  contact: ContactRow
  other: ContactRow
}

export interface ContactDetails extends ContactRow {
  identities: ContactIdentity[]
  /** Those that can be undone, newest first. */
  merges: ContactMerge[]
}

export type DuplicateKind = 'phone' | 'email' | 'name'

/** Somebody who may be the same person as a contact, and what speaks for it. */
export interface ContactDuplicate {
  contact: ContactRow
  evidence: { kind: DuplicateKind; value: string }[]
}

/** Contacts that may be the same person, and why. */
export interface DuplicateGroup {
  kind: DuplicateKind
  /** What they share: digits, an e-mail or a name in lower case. */
  value: string
  /** The first of them, oldest first. */
  contacts: ContactRow[]
  /** How many there are, those included that the viewer may not see. */
  count: number
}
