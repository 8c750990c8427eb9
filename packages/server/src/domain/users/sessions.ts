import type { AccountId, LogInMethod, SessionInfo, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { DIGEST_ID, digestIdOf, newSecretToken, readSecretToken } from './secret-token.ts'
import { settingsChangedFor } from './tell-people.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import type { Viewer } from './viewer.ts'

const DAY_MS = 24 * 60 * 60_000
export const SESSION_LIFETIME_MS = 30 * DAY_MS
/** A session in use is prolonged, but at most once in this time. */
const PROLONG_AFTER_MS = DAY_MS
/** When it was last in use is written at most once in this time. */
const TOUCH_AFTER_MS = 5 * 60_000
const LONGEST_USER_AGENT = 255

export interface Session extends Viewer {
  expiresAt: Date
  /** True when this look prolonged it: the cookie should be set again. */
  isProlonged: boolean
}

type SessionDeps = Pick<Deps, 'db' | 'clock'>

/** Answers undefined for an unknown, ended or expired one, and for a user who was switched off. */
export async function findSession(
  { db, clock }: SessionDeps,
  token: string,
  address?: string,
): Promise<Session | undefined> {
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
    .select(['s.expires_at', 's.last_seen_at'])
    .where('s.account_id', '=', key.accountId)
    .where('s.token_hash', '=', key.hash)
    .where('s.expires_at', '>', now)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined

  const fullTerm = new Date(now.getTime() + SESSION_LIFETIME_MS)
  const isProlonged = fullTerm.getTime() - row.expires_at.getTime() >= PROLONG_AFTER_MS
  const isStale = now.getTime() - (row.last_seen_at?.getTime() ?? 0) >= TOUCH_AFTER_MS
  if (isProlonged || isStale) {
    await db
      .updateTable('user_session')
      .set({
        last_seen_at: now,
        ...(isProlonged && { expires_at: fullTerm }),
        ...(address !== undefined && { address }),
      })
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
  { accountId, userId }: { accountId: AccountId; userId: UserId },
  { userAgent, address, method }: { userAgent: string; address: string | null; method: LogInMethod },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newSecretToken(accountId)
  const expiresAt = new Date(now.getTime() + SESSION_LIFETIME_MS)
  await tx
    .deleteFrom('user_session')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('expires_at', '<=', now)
    .execute()
  await tx
    .insertInto('user_session')
    .values({
      account_id: accountId,
      token_hash: hash,
      user_id: userId,
      user_agent: userAgent.replaceAll('\0', '').slice(0, LONGEST_USER_AGENT),
      created_at: now,
      expires_at: expiresAt,
      last_seen_at: now,
      address,
      method,
    })
    .execute()
  return { token, expiresAt }
}

/** Everybody who is logged in as this user, the one seen last first. */
export async function listSessions(
  { db, clock }: SessionDeps,
  { accountId, userId }: { accountId: AccountId; userId: UserId },
  current: string | undefined,
): Promise<SessionInfo[]> {
  const rows = await db
    .selectFrom('user_session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('expires_at', '>', clock.now())
    .execute()
  const mine = current === undefined ? undefined : readSecretToken(current)?.hash
  return rows
    .map(
      (row): SessionInfo => ({
        id: digestIdOf(row.token_hash),
        userAgent: row.user_agent,
        address: row.address,
        method: row.method,
        createdAt: row.created_at.getTime(),
        lastSeenAt: (row.last_seen_at ?? row.created_at).getTime(),
        isThisOne: mine?.equals(row.token_hash) ?? false,
      }),
    )
    .sort((a, b) => b.lastSeenAt - a.lastSeenAt)
}

/**
 * Ends sessions of a user, all but one when `except` (a token) is given, or the one of an id. Their open streams end with
 * the event. Answers how many ended; then nudge.
 */
export async function endSessions(
  tx: Tx,
  actor: Actor,
  user: { id: UserId; name: string },
  which: { id?: string | undefined; except?: string | undefined },
  now: Date,
): Promise<number> {
  const { accountId } = actor
  const kept = which.except === undefined ? undefined : readSecretToken(which.except)?.hash
  const rows = await tx
    .deleteFrom('user_session')
    .where('account_id', '=', accountId)
    .where('user_id', '=', user.id)
    .$if(which.id !== undefined, (q) => q.where(DIGEST_ID, '=', which.id!))
    .$if(kept !== undefined, (q) => q.where('token_hash', '!=', kept!))
    .returning('expires_at')
    .execute()
  const ended = rows.filter(({ expires_at }) => expires_at > now).length
  if (ended === 0) return 0
  const target = { kind: 'user', id: user.id, name: user.name } as const
  await appendAudit(tx, actor, { at: now, action: 'session.ended', target, details: { count: ended } })
  await appendEvents(tx, accountId, [
    { type: 'session.ended', userId: user.id, actorId: actor.userId },
    settingsChangedFor(user.id, 'sessions', actor.userId),
  ])
  return ended
}

/** The same by itself. */
export async function endSessionsOf(
  { db, clock, nudge }: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  user: { id: UserId; name: string },
  which: { id?: string | undefined; except?: string | undefined },
): Promise<void> {
  await db.transaction().execute((tx) => endSessions(tx, actor, user, which, clock.now()))
  nudge(actor.accountId)
}
