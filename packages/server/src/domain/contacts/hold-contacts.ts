import type { AccountId, ContactId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

/**
 * Holds a contact, so that what is given to it now goes along when it goes into another one. Lock what is given before.
 * @throws {AppError} `not_found`: no such contact, or it was deleted or merged meanwhile
 */
export async function holdContact(tx: Tx, accountId: AccountId, id: ContactId): Promise<void> {
  const row = await tx
    .selectFrom('contact')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such contact in this account, or it was deleted.')
}

/** Holds contacts that something was about once, and answers who each of them is now: the one it went into, or itself. */
export async function holdStanding(
  tx: Tx,
  accountId: AccountId,
  ids: readonly ContactId[],
): Promise<(id: ContactId) => ContactId> {
  const into = new Map<ContactId, ContactId>()
  let asked = [...new Set(ids)]
  while (asked.length > 0) {
    const rows = await tx
      .selectFrom('contact')
      .select(['id', 'merged_into'])
      .where('account_id', '=', accountId)
      .where('id', 'in', asked)
      .orderBy('id')
      .forKeyShare()
      .execute()
    const known = new Set(into.keys())
    for (const { id, merged_into } of rows) if (merged_into !== null) into.set(id, merged_into)
    asked = rows.flatMap(({ id, merged_into }) => (merged_into === null || known.has(id) ? [] : [merged_into]))
  }
  return (id) => {
    let standing = id
    for (let next = into.get(standing); next !== undefined; next = into.get(standing)) standing = next
    return standing
  }
}
