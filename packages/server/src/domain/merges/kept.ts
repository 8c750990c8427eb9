import type { AccountId, ChatId, ContactId, LeadId, MergeId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { UNDO_MERGE_MS } from '../contacts/contact-details.ts'
import type { Moved } from './move-things.ts'
import type { Side } from './side.ts'

/** What an undo needs of a merge. The one who went stays as he was, in his own rows. */
export interface Kept {
  /** The one who stayed: as he was, and what he became. */
  before: Side
  after: Side
  /** When he was last written with, in minutes since 1970. */
  minute: number | null
  moved: Moved
  /** Leads with higher ids were made later. */
  lastLeadId: LeadId
  /** Chats of the one who stayed that were about leads of the other already. */
  crossed: ChatId[]
}

export interface Merge {
  id: MergeId
  contactId: ContactId
  otherId: ContactId
  kept: Kept
  mergedAt: Date
}

/** A merge that was not undone, held until the commit. */
export async function lockMerge(
  tx: Tx,
  accountId: AccountId,
  contactId: ContactId,
  id: MergeId,
): Promise<Merge | undefined> {
  const row = await tx
    .selectFrom('contact_merge')
    .select(['id', 'contact_id', 'other_id', 'kept', 'merged_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('contact_id', '=', contactId)
    .where('undone_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      contactId: row.contact_id,
      otherId: row.other_id,
      kept: row.kept as Kept,
      mergedAt: row.merged_at,
    }
  )
}

export async function saveMerge(
  tx: Tx,
  { accountId, userId, now }: { accountId: AccountId; userId: UserId; now: Date },
  { contactId, otherId, kept }: Pick<Merge, 'contactId' | 'otherId' | 'kept'>,
): Promise<MergeId> {
  const { id } = await tx
    .insertInto('contact_merge')
    .values({
      account_id: accountId,
      contact_id: contactId,
      other_id: otherId,
      kept: JSON.stringify(kept),
      merged_by: userId,
      merged_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const isTooLate = ({ mergedAt }: Pick<Merge, 'mergedAt'>, now: Date): boolean =>
  now.getTime() - mergedAt.getTime() > UNDO_MERGE_MS
