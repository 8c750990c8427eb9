import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { findAccountBySubdomain } from '../accounts/account-queries.ts'
import type { Deps } from '../deps.ts'
import { hashOf, newSecretToken, readSecretToken } from '../users/secret-token.ts'
import { MEMBER_COLUMNS, toViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { writeRefusal } from './log-in.ts'
import type { Visitor } from './visitor.ts'

type KeyDeps = Pick<Deps, 'db' | 'clock'>

/** A session opened by a key ends when it was not used for so long (spec 06 §5.1). */
const IDLE_MS = 15 * 60_000
/** A session in use is prolonged, but at most once in this time. */
const PROLONG_AFTER_MS = 60_000
/** When a key was last used is written at most once in this time. */
const TOUCH_AFTER_MS = 5 * 60_000

export interface KeyLogIn extends Visitor {
  login: string
  key: string
  /** Whose address was asked; undefined: any account's. */
  subdomain: string | undefined
}

/**
 * Whose key this is. How often somebody may try is `LogInLimiter`'s business.
 * @throws {AppError} `not_found`: no account has this address; `wrong_credentials`; `forbidden`: the key is right, and another account's
 */
export async function findByApiKey(deps: KeyDeps, given: KeyLogIn): Promise<Viewer> {
  const { subdomain } = given
  if (subdomain !== undefined && !(await findAccountBySubdomain(deps.db, subdomain)))
    throw new AppError('not_found', `There is no account ${subdomain} here. Check the address.`)
  const holders = await listHolders(deps.db, given.login.trim().toLowerCase())
  const hash = hashOf(given.key)
  const row = holders.find(({ key_hash }) => key_hash.equals(hash))
  if (!row) {
    const tried = holders.map(toViewer).map(({ account, user }) => ({ accountId: account.id, user }))
    await writeRefusal(deps, tried, given, 'api_key')
    throw new AppError('wrong_credentials', 'The login or the API key is wrong.')
  }
  if (subdomain !== undefined && row.subdomain !== subdomain)
    throw new AppError('forbidden', `This user is not in the account ${subdomain}.`)
  await touch(deps, row)
  return toViewer(row)
}

/** Opens a session that can read what the key can, and nothing of the app API. */
export async function openKeySession({ db, clock }: KeyDeps, { account, user }: Viewer): Promise<string> {
  const now = clock.now()
  const { token, hash } = newSecretToken(account.id)
  await db
    .deleteFrom('api_key_session')
    .where('account_id', '=', account.id)
    .where('user_id', '=', user.id)
    .where('expires_at', '<=', now)
    .execute()
  await db
    .insertInto('api_key_session')
    .values({
      account_id: account.id,
      token_hash: hash,
      user_id: user.id,
      expires_at: new Date(now.getTime() + IDLE_MS),
    })
    .execute()
  return token
}

/** Answers undefined for an unknown or idle one, for a key that was renewed or revoked, and for a user who was switched off. */
export async function findKeySession({ db, clock }: KeyDeps, token: string): Promise<Viewer | undefined> {
  const key = readSecretToken(token)
  if (!key) return undefined
  const now = clock.now()
  const row = await db
    .selectFrom('api_key_session as s')
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
  const fullTerm = new Date(now.getTime() + IDLE_MS)
  if (fullTerm.getTime() - row.expires_at.getTime() >= PROLONG_AFTER_MS) {
    await db
      .updateTable('api_key_session')
      .set({ expires_at: fullTerm })
      .where('account_id', '=', key.accountId)
      .where('token_hash', '=', key.hash)
      .execute()
  }
  return toViewer(row)
}

/** Exception: across tenants, for a log-in knows the e-mail and perhaps not the account. */
async function listHolders(db: Db, email: string) {
  if (email.includes('\0')) return []
  return db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .innerJoin('api_key as k', (join) =>
      join.onRef('k.account_id', '=', 'u.account_id').onRef('k.user_id', '=', 'u.id'),
    )
    .select(MEMBER_COLUMNS)
    .select(['k.key_hash', 'k.last_used_at'])
    .where('u.email', '=', email)
    .where('u.disabled_at', 'is', null)
    .orderBy('a.id')
    .execute()
}

async function touch(
  { db, clock }: KeyDeps,
  row: { account_id: AccountId; user_id: UserId; last_used_at: Date | null },
): Promise<void> {
  const now = clock.now()
  if (now.getTime() - (row.last_used_at?.getTime() ?? 0) < TOUCH_AFTER_MS) return
  await db
    .updateTable('api_key')
    .set({ last_used_at: now })
    .where('account_id', '=', row.account_id)
    .where('user_id', '=', row.user_id)
    .execute()
}
