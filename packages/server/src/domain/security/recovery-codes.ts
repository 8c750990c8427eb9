import { createHash, randomInt } from 'node:crypto'
import type { AccountId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'

const COUNT = 10
// Read off paper: no two of these look alike, and none is a vowel, so no words come out.
const LETTERS = 'bcdfghjkmnpqrstvwxz23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** Replaces what codes there were by new ones, which nobody can be shown again. 76 bits each, so a plain digest is enough. */
export async function makeRecoveryCodes(tx: Tx, accountId: AccountId, userId: UserId, now: Date): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, makeCode)
  await dropRecoveryCodes(tx, accountId, userId)
  const rows = codes.map((code) => ({
    account_id: accountId,
    user_id: userId,
    code_hash: digestOf(userId, code),
    created_at: now,
  }))
  await tx.insertInto('recovery_code').values(rows).execute()
  return codes
}

export async function dropRecoveryCodes(tx: Tx, accountId: AccountId, userId: UserId): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).where('user_id', '=', userId).execute()
}

/** Uses a code up. False when it is none of the user's, or was used. */
export async function takeRecoveryCode(
  tx: Tx,
  accountId: AccountId,
  userId: UserId,
  given: string,
  now: Date,
): Promise<boolean> {
  const row = await tx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('code_hash', '=', digestOf(userId, given))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

const makeGroup = () => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const makeCode = () => Array.from({ length: GROUPS }, makeGroup).join('-')

/** However it is typed: with spaces, without the dashes, in capitals. */
const digestOf = (userId: UserId, code: string) =>
  createHash('sha256')
    .update(`${userId} ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
    .digest()
