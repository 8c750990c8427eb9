import { createHash } from 'node:crypto'
import type { PushBrowser, SubscribePushRequest } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { isPushKey } from '../../lib/push-message.ts'
import type { Deps } from '../deps.ts'
import { readSecretToken } from '../users/secret-token.ts'
import type { Viewer } from '../users/viewer.ts'

/** A browser of a logged-in user. */
export interface Browser {
  viewer: Viewer
  /** Of the session cookie; undefined for a program with a token. */
  sessionToken: string | undefined
}

/** Nobody works in more browsers at once; the one that came first goes. */
const MOST_BROWSERS = 20
const LONGEST_USER_AGENT = 255

const hashOf = (endpoint: string) => createHash('sha256').update(endpoint).digest()

/**
 * From now on this browser gets this user's pushes, and nobody else's, until the session ends. Safe to repeat.
 * @throws {AppError} `forbidden`: a program has no browser; `invalid_request`: an endpoint or a key that cannot be one
 */
export async function subscribePush(
  deps: Pick<Deps, 'db' | 'clock'>,
  { viewer, sessionToken }: Browser,
  { endpoint, keys }: SubscribePushRequest,
  userAgent: string,
): Promise<void> {
  const session = sessionToken === undefined ? undefined : readSecretToken(sessionToken)
  if (!session)
    throw new AppError('forbidden', 'Pushes go to browsers that are logged in; programs read the event stream.')
  if (!isPushKey(keys.p256dh))
    throw new AppError('invalid_request', 'keys.p256dh: is no public key', { details: { field: 'keys.p256dh' } })
  const key = { accountId: viewer.account.id, userId: viewer.user.id, hash: hashOf(endpoint) }
  await deps.db.transaction().execute(async (tx) => {
    // Exception: across tenants. A browser is its last user's.
    await tx
      .deleteFrom('push_subscription')
      .where('endpoint_hash', '=', key.hash)
      .where((not) =>
        not.or([
          not('account_id', '<>', key.accountId),
          not('user_id', '<>', key.userId),
          not('session_hash', '<>', session.hash),
        ]),
      )
      .execute()
    await tx
      .insertInto('push_subscription')
      .values({
        account_id: key.accountId,
        user_id: key.userId,
        session_hash: session.hash,
        endpoint,
        endpoint_hash: key.hash,
        p256dh: keys.p256dh,
        auth: keys.auth,
        user_agent: userAgent.replaceAll('\0', '').slice(0, LONGEST_USER_AGENT),
        created_at: deps.clock.now(),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'endpoint_hash'])
          .doUpdateSet({ p256dh: keys.p256dh, auth: keys.auth, failing_since: null }),
      )
      .execute()
    await tx
      .deleteFrom('push_subscription')
      .where('account_id', '=', key.accountId)
      .where('id', 'in', (old) =>
        old
          .selectFrom('push_subscription')
          .select('id')
          .where('account_id', '=', key.accountId)
          .where('user_id', '=', key.userId)
          .orderBy('id', 'desc')
          .offset(MOST_BROWSERS),
      )
      .execute()
  })
}

/** The user's browsers that get pushes, newest first. */
export async function listPushBrowsers(
  { db }: Pick<Deps, 'db'>,
  { viewer, sessionToken }: Browser,
): Promise<PushBrowser[]> {
  const session = sessionToken === undefined ? undefined : readSecretToken(sessionToken)
  const rows = await db
    .selectFrom('push_subscription')
    .select(['id', 'user_agent', 'created_at', 'session_hash'])
    .where('account_id', '=', viewer.account.id)
    .where('user_id', '=', viewer.user.id)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    at: row.created_at.getTime(),
    isThis: session?.hash.equals(row.session_hash) ?? false,
  }))
}

/** @throws {AppError} `not_found`: none of this user's browsers */
export async function removePushBrowser({ db }: Pick<Deps, 'db'>, viewer: Viewer, id: number): Promise<void> {
  const removed = await db
    .deleteFrom('push_subscription')
    .where('account_id', '=', viewer.account.id)
    .where('user_id', '=', viewer.user.id)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst()
  if (!removed) throw new AppError('not_found', 'None of your browsers has this id.')
}

/** The browser that asks gets no more. Harmless when it got none. */
export async function unsubscribePush({ db }: Pick<Deps, 'db'>, viewer: Viewer, endpoint: string): Promise<void> {
  await db
    .deleteFrom('push_subscription')
    .where('account_id', '=', viewer.account.id)
    .where('user_id', '=', viewer.user.id)
    .where('endpoint_hash', '=', hashOf(endpoint))
    .execute()
}
