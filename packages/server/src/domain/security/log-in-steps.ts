import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { hashOf, randomSecret } from '../users/secret-token.ts'

export type StepKind = 'second_factor' | 'passkey_log_in' | 'new_passkey'

/** Something begun that must be ended within minutes, by whoever holds its name, and once. */
export interface Step {
  accountId: AccountId | null
  userId: UserId | null
  challenge: string | null
  hash: Buffer
}

export const STEP_LIFETIME_MS = 5 * 60_000
/** Wrong answers a step bears; then the log-in begins again. */
const MOST_FAILURES = 5

/** Begins a step and answers its name. Also sweeps what was never ended. */
export async function beginStep(
  db: Db,
  kind: StepKind,
  about: { accountId?: AccountId; userId?: UserId; challenge?: string },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomSecret()
  const expiresAt = new Date(now.getTime() + STEP_LIFETIME_MS)
  await db.deleteFrom('log_in_step').where('expires_at', '<=', now).execute()
  await db
    .insertInto('log_in_step')
    .values({
      token_hash: hashOf(token),
      kind,
      account_id: about.accountId ?? null,
      user_id: about.userId ?? null,
      challenge: about.challenge ?? null,
      expires_at: expiresAt,
    })
    .execute()
  return { token, expiresAt }
}

/** @throws {AppError} `log_in_expired` */
export async function getStep(db: Db, kind: StepKind, token: string, now: Date): Promise<Step> {
  const hash = hashOf(token)
  const row = await db
    .selectFrom('log_in_step')
    .select(['account_id', 'user_id', 'challenge'])
    .where('token_hash', '=', hash)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!row) throw expired()
  return { accountId: row.account_id, userId: row.user_id, challenge: row.challenge, hash }
}

/**
 * Ends a step: of two who try at once one succeeds.
 * @throws {AppError} `log_in_expired`
 */
export async function endStep(tx: Tx, kind: StepKind, token: string, now: Date): Promise<Step> {
  const hash = hashOf(token)
  const row = await tx
    .deleteFrom('log_in_step')
    .where('token_hash', '=', hash)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .returning(['account_id', 'user_id', 'challenge'])
    .executeTakeFirst()
  if (!row) throw expired()
  return { accountId: row.account_id, userId: row.user_id, challenge: row.challenge, hash }
}

/** Gives the step a new challenge; the one before is void. */
export async function setChallenge(db: Db, step: Step, challenge: string): Promise<void> {
  await db.updateTable('log_in_step').set({ challenge }).where('token_hash', '=', step.hash).execute()
}

/** The challenge, which nobody gets a second time. */
export async function takeChallenge(db: Db, step: Step): Promise<string> {
  const { challenge } = step
  if (challenge === null) throw expired()
  const row = await db
    .updateTable('log_in_step')
    .set({ challenge: null })
    .where('token_hash', '=', step.hash)
    .where('challenge', '=', challenge)
    .returning('token_hash')
    .executeTakeFirst()
  if (!row) throw expired()
  return challenge
}

/** After too many the step is gone. */
export async function countFailure(db: Db, step: Step): Promise<void> {
  const row = await db
    .updateTable('log_in_step')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('token_hash', '=', step.hash)
    .returning('failures')
    .executeTakeFirst()
  if (row && row.failures >= MOST_FAILURES)
    await db.deleteFrom('log_in_step').where('token_hash', '=', step.hash).execute()
}

export const expired = () => new AppError('log_in_expired', 'This took too long, or was done already. Begin again.')
