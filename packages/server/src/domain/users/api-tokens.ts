import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { getAccount } from '../accounts/account-queries.ts'
import type { Deps } from '../deps.ts'
import { newSecretToken, readSecretToken } from './secret-token.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import type { Viewer } from './viewer.ts'

/** Tells a token from a session's, and lets secret scanners find it in a repository. */
const PREFIX = 'prl_'
const DAY_MS = 24 * 60 * 60_000
/** As long as the CRM's long-lived tokens can last. */
const DEFAULT_LIFETIME_DAYS = 5 * 365

type TokenDeps = Pick<Deps, 'db' | 'clock'>

export interface TokenRequest {
  accountId: AccountId
  /** In whose name it acts; absent: the account's first admin. */
  userId?: UserId | undefined
  lifetimeDays?: number | undefined
}

/**
 * Makes a long-lived bearer token. It is shown once: only its digest is kept.
 * @throws {AppError} `not_found`: no such account, or no such user in it
 */
export async function createToken(
  { db, clock }: TokenDeps,
  request: TokenRequest,
): Promise<{ token: string; expiresAt: Date }> {
  const account = await getAccount(db, request.accountId)
  const userId = await getHolder(db, account.id, request.userId)
  const now = clock.now()
  const { token, hash } = newSecretToken(account.id)
  const expiresAt = new Date(now.getTime() + (request.lifetimeDays ?? DEFAULT_LIFETIME_DAYS) * DAY_MS)
  await db
    .insertInto('api_token')
    .values({ account_id: account.id, token_hash: hash, user_id: userId, created_at: now, expires_at: expiresAt })
    .execute()
  return { token: PREFIX + token, expiresAt }
}

/** Answers undefined for an unknown or expired one, and for a user who was switched off. One query. */
export async function findToken({ db, clock }: TokenDeps, token: string): Promise<Viewer | undefined> {
  const key = token.startsWith(PREFIX) ? readSecretToken(token.slice(PREFIX.length)) : undefined
  if (!key) return undefined
  const row = await db
    .selectFrom('api_token as t')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 't.account_id').onRef('u.id', '=', 't.user_id'),
    )
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(MEMBER_COLUMNS)
    .where('t.account_id', '=', key.accountId)
    .where('t.token_hash', '=', key.hash)
    .where('t.expires_at', '>', clock.now())
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toViewer(row)
}

async function getHolder(db: Db, accountId: AccountId, userId: UserId | undefined): Promise<UserId> {
  const row = await db
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('disabled_at', 'is', null)
    .$if(userId !== undefined, (q) => q.where('id', '=', userId!))
    .$if(userId === undefined, (q) => q.where('role', '=', 'admin'))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (row) return row.id
  const wanted = userId === undefined ? 'admin' : `user ${userId}`
  throw new AppError('not_found', `Account ${accountId} has no ${wanted}.`)
}
