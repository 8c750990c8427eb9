import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { refuse } from '../accounts/insert-user.ts'

/** @throws {AppError} `invalid_request`: nobody, or somebody who was switched off */
export async function checkResponsible(db: Db, accountId: AccountId, userId: number | null | undefined): Promise<void> {
  if (userId === undefined || userId === null) return
  const user = await db
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', userId as UserId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!user) throw refuse('responsibleUserId', 'nobody in this account has this id, or he was switched off')
}
