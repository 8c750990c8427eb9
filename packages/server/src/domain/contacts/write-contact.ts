import type { AccountId, ContactId, TagId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { firstOf, type Point, pointKey, withFirsts } from './points.ts'

/** A contact's row, held until the commit. */
export interface LockedContact {
  id: ContactId
  name: string
  company: string | null
  phone: string | null
  email: string | null
  responsible_user_id: UserId | null
  updated_by: UserId | null
  updated_at: Date | null
  deleted_at: Date | null
  merged_into: ContactId | null
  erased_at: Date | null
}

/** Locks contacts in id order; those of the ids that there are, deleted ones too. */
export async function lockContacts(tx: Tx, accountId: AccountId, ids: readonly ContactId[]): Promise<LockedContact[]> {
  if (ids.length === 0) return []
  return tx
    .selectFrom('contact')
    .select([
      'id',
      'name',
      'company',
      'phone',
      'email',
      'responsible_user_id',
      'updated_by',
      'updated_at',
      'deleted_at',
      'merged_into',
      'erased_at',
    ])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** @throws {AppError} `not_found`: also when it was deleted */
export async function lockContact(tx: Tx, accountId: AccountId, id: ContactId): Promise<LockedContact> {
  const [contact] = await lockContacts(tx, accountId, [id])
  if (!contact || contact.deleted_at !== null)
    throw new AppError('not_found', 'There is no such contact in this account, or it was deleted.')
  return contact
}

/** Phones and e-mails as cards show them. */
export async function readContactPoints(
  tx: Tx,
  accountId: AccountId,
  contact: Pick<LockedContact, 'id' | 'phone' | 'email'>,
): Promise<Point[]> {
  const rows = await tx
    .selectFrom('contact_point')
    .select(['kind', 'value', 'label', 'normal'])
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contact.id)
    .orderBy('kind', 'desc')
    .orderBy('position')
    .orderBy('normal')
    .execute()
  return withFirsts(rows, contact).map((point) => ({ ...point, normal: pointKey(point.kind, point.value) }))
}

/** Replaces them all; the first of each kind also stands in the contact's row, where the chats API looks. */
export async function writeContactPoints(
  tx: Tx,
  accountId: AccountId,
  contactId: ContactId,
  points: readonly Point[],
): Promise<void> {
  await tx.deleteFrom('contact_point').where('account_id', '=', accountId).where('contact_id', '=', contactId).execute()
  if (points.length > 0) {
    const rows = points.map(({ kind, value, normal, label }, position) => ({
      account_id: accountId,
      contact_id: contactId,
      kind,
      value,
      normal,
      label,
      position,
    }))
    await tx.insertInto('contact_point').values(rows).execute()
  }
  await tx
    .updateTable('contact')
    .set({ phone: firstOf(points, 'phone'), email: firstOf(points, 'email') })
    .where('account_id', '=', accountId)
    .where('id', '=', contactId)
    .execute()
}

/** Puts tags on contacts and takes others off. Answers the contacts that are different now. */
export async function changeContactTags(
  tx: Tx,
  accountId: AccountId,
  ids: readonly ContactId[],
  { addTagIds = [], removeTagIds = [] }: { addTagIds?: number[] | undefined; removeTagIds?: number[] | undefined },
): Promise<Set<ContactId>> {
  const changed = new Set<ContactId>()
  if (addTagIds.length > 0 && ids.length > 0) {
    const tags = await findTags(tx, accountId, addTagIds as TagId[])
    const rows = ids.flatMap((id) => tags.map((tag_id) => ({ account_id: accountId, contact_id: id, tag_id })))
    const added = await tx
      .insertInto('contact_tag')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('contact_id')
      .execute()
    for (const row of added) changed.add(row.contact_id)
  }
  if (removeTagIds.length > 0 && ids.length > 0) {
    const removed = await tx
      .deleteFrom('contact_tag')
      .where('account_id', '=', accountId)
      .where('contact_id', 'in', ids)
      .where('tag_id', 'in', removeTagIds as TagId[])
      .returning('contact_id')
      .execute()
    for (const row of removed) changed.add(row.contact_id)
  }
  return changed
}

async function findTags(tx: Tx, accountId: AccountId, ids: readonly TagId[]): Promise<TagId[]> {
  const rows = await tx
    .selectFrom('tag')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
  if (rows.length < new Set(ids).size) throw refuse('addTagIds', 'one of them is no tag of this account')
  return rows.map((row) => row.id)
}

/** Lists sort by it. */
export async function touchActivity(tx: Tx, accountId: AccountId, contactId: ContactId, at: Date): Promise<void> {
  const minute = Math.floor(at.getTime() / 60_000)
  await tx
    .insertInto('contact_activity')
    .values({ account_id: accountId, contact_id: contactId, minute })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
