import type { Me } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import type { Deps } from '../deps.ts'
import { newSecretToken, readSecretToken } from './secret-token.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import type { Viewer } from './viewer.ts'

const DAY_MS = 24 * 60 * 60_000
export const SESSION_LIFETIME_MS = 30 * DAY_MS
/** A session in use is prolonged, but written at most once in this time. */
const PROLONG_AFTER_MS = DAY_MS
const LONGEST_USER_AGENT = 255

export interface Session extends Viewer {
  expiresAt: Date
  /** True when this look prolonged it: the cookie should be set again. */
  isProlonged: boolean
}

type SessionDeps = Pick<Deps, 'db' | 'clock'>

/** Answers undefined for an unknown, ended or expired one, and for a user who was switched off. */
export async function findSession({ db, clock }: SessionDeps, token: string): Promise<Session | undefined> {
  const key = readSecretToken(token)
  if (!key) return undefined
  const now = clock.now()
  const row = await db
    .selectFrom('user_session as s')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 's.account_id').onRef('u.id', '=', 's.user_id'),
    )
    .innerJoin('account as a', 'a.id', 's.account_id')
    .select(MEMBER_COLUMNS)
    .select('s.expires_at')
    .where('s.account_id', '=', key.accountId)
    .where('s.token_hash', '=', key.hash)
    .where('s.expires_at', '>', now)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined

  const fullTerm = new Date(now.getTime() + SESSION_LIFETIME_MS)
  const isProlonged = fullTerm.getTime() - row.expires_at.getTime() >= PROLONG_AFTER_MS
  if (isProlonged) {
    await db
      .updateTable('user_session')
      .set({ expires_at: fullTerm })
      .where('account_id', '=', key.accountId)
      .where('token_hash', '=', key.hash)
      .execute()
  }
  return { ...toViewer(row), expiresAt: isProlonged ? fullTerm : row.expires_at, isProlonged }
}

/** Harmless when there is no such session. */
export async function endSession({ db }: Pick<Deps, 'db'>, token: string): Promise<void> {
  const key = readSecretToken(token)
  if (!key) return
  await db
    .deleteFrom('user_session')
    .where('account_id', '=', key.accountId)
    .where('token_hash', '=', key.hash)
    .execute()
}

/** Also sweeps what this user has let expire, so the table keeps no more than people use. */
export async function insertSession(
  tx: Tx,
  me: Me,
  userAgent: string,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newSecretToken(me.account.id)
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS)
  await tx
    .deleteFrom('user_session')
    .where('account_id', '=', me.account.id)
    .where('user_id', '=', me.user.id)
    .where('expires_at', '<=', now)
    .execute()
  await tx
    .insertInto('user_session')
    .values({
      account_id: me.account.id,
      token_hash: hash,
      user_id: me.user.id,
      user_agent: userAgent.replaceAll('\0', '').slice(0, LONGEST_USER_AGENT),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { token, expiresAt }
}
