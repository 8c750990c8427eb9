import type { AccountId, ChatId, ContactId, FileId, LeadId, ParticipantId, UserId } from '@parley/protocol/model'
import type { ColumnType } from 'kysely'
import type { OrNull, Time, TimeOrNull } from './columns.ts'

/** Whose data are erased, by ids alone: they lead to what is left when the rows that named it are gone. */
export interface ErasureScope {
  contactIds: ContactId[]
  participantIds: ParticipantId[]
  chatIds: ChatId[]
  leadIds: LeadId[]
  /** Files that were the person's; others may use them, too. */
  fileIds: FileId[]
  /** Of those, the ones that somebody else uses. */
  usedFileIds: FileId[]
  /** What requests of channels name the person by; absent: he was asked to be erased before there was such a log. */
  marks?: string[]
  /** How far a step that walks through a table has come. */
  cursor?: string
  /** Followers that have read what was erased have written what they made of it when they are past this event. */
  seq?: number
}

/** In this order. */
export const ERASURE_STEPS = [
  'fetches',
  'messages',
  'deliveries',
  'notifications',
  'cards',
  'elsewhere',
  'edits_elsewhere',
  'files',
  'index',
  'requests',
] as const
export type ErasureStep = (typeof ERASURE_STEPS)[number]

export interface PersonsTables {
  erasure: {
    account_id: AccountId
    id: string
    contact_id: ContactId
    asked_by: OrNull<UserId>
    asked_at: Time
    scope: ColumnType<ErasureScope, string, string>
    step: ErasureStep
    leased_until: TimeOrNull
    finished_at: TimeOrNull
  }
}
