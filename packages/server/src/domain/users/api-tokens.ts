import type { AccountId, TokenInfo, User, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { getAccount } from '../accounts/account-queries.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { DIGEST_ID, digestIdOf, newSecretToken, readSecretToken } from './secret-token.ts'
import { settingsChangedFor } from './tell-people.ts'
import { MEMBER_COLUMNS, toViewer } from './user-queries.ts'
import type { Viewer } from './viewer.ts'

/** Tells a token from a session's, and lets secret scanners find it in a repository. */
const PREFIX = 'prl_'
export const isPersonalToken = (token: string): boolean => token.startsWith(PREFIX)
const DAY_MS = 24 * 60 * 60_000
/** As long as the CRM's long-lived tokens can last. */
const DEFAULT_LIFETIME_DAYS = 5 * 365

/** When it was last used is written at most once in this time. */
const TOUCH_AFTER_MS = 5 * 60_000

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
  return db.transaction().execute((tx) =>
    insertToken(tx, { accountId: account.id, userId: null, address: null }, { id: userId, name: null }, clock.now(), {
      name: null,
      lifetimeDays: request.lifetimeDays ?? DEFAULT_LIFETIME_DAYS,
    }),
  )
}

/** The same for oneself; the caller has asked for the password. */
export async function makeToken(
  { db, clock, nudge }: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  user: Pick<User, 'id' | 'name'>,
  wish: { name: string; lifetimeDays: number },
): Promise<{ token: string; expiresAt: number }> {
  const { token, expiresAt } = await db.transaction().execute((tx) => insertToken(tx, actor, user, clock.now(), wish))
  nudge(actor.accountId)
  return { token, expiresAt: expiresAt.getTime() }
}

/** A user's tokens, newest first. */
export async function listTokens(
  { db, clock }: TokenDeps,
  { accountId, userId }: { accountId: AccountId; userId: UserId },
): Promise<TokenInfo[]> {
  const rows = await db
    .selectFrom('api_token')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('expires_at', '>', clock.now())
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: digestIdOf(row.token_hash),
    name: row.name,
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
  }))
}

/** Streams that were opened with it end, too. Harmless when there is no such token. */
export async function endTokens(
  { db, clock, nudge }: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  user: Pick<User, 'id' | 'name'>,
  id: string,
): Promise<void> {
  const { accountId } = actor
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .deleteFrom('api_token')
      .where('account_id', '=', accountId)
      .where('user_id', '=', user.id)
      .where(DIGEST_ID, '=', id)
      .returning('name')
      .executeTakeFirst()
    if (!row) return
    const target = { kind: 'token', id, name: row.name } as const
    await appendAudit(tx, actor, { at: clock.now(), action: 'token.ended', target })
    await appendEvents(tx, accountId, [
      { type: 'session.ended', userId: user.id, actorId: actor.userId },
      settingsChangedFor(user.id, 'security', actor.userId),
    ])
  })
  nudge(accountId)
}

async function insertToken(
  tx: Tx,
  actor: Actor,
  user: { id: UserId; name: string | null },
  now: Date,
  { name, lifetimeDays }: { name: string | null; lifetimeDays: number },
): Promise<{ token: string; expiresAt: Date }> {
  const { accountId } = actor
  const { token, hash } = newSecretToken(accountId)
  const expiresAt = new Date(now.getTime() + lifetimeDays * DAY_MS)
  const row = {
    account_id: accountId,
    token_hash: hash,
    user_id: user.id,
    created_at: now,
    expires_at: expiresAt,
    name,
  }
  await tx.insertInto('api_token').values(row).execute()
  const target = { kind: 'user', id: user.id, name: user.name } as const
  await appendAudit(tx, actor, { at: now, action: 'token.made', target, details: { name, lifetimeDays } })
  await appendEvents(tx, accountId, [settingsChangedFor(user.id, 'security', actor.userId)])
  return { token: PREFIX + token, expiresAt }
}

/** Answers undefined for an unknown or expired one, and for a user who was switched off. */
export async function findToken({ db, clock }: TokenDeps, token: string): Promise<Viewer | undefined> {
  const key = isPersonalToken(token) ? readSecretToken(token.slice(PREFIX.length)) : undefined
  if (!key) return undefined
  const now = clock.now()
  const row = await db
    .selectFrom('api_token as t')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 't.account_id').onRef('u.id', '=', 't.user_id'),
    )
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(MEMBER_COLUMNS)
    .select('t.last_used_at')
    .where('t.account_id', '=', key.accountId)
    .where('t.token_hash', '=', key.hash)
    .where('t.expires_at', '>', now)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  if (now.getTime() - (row.last_used_at?.getTime() ?? 0) >= TOUCH_AFTER_MS) {
    await db
      .updateTable('api_token')
      .set({ last_used_at: now })
      .where('account_id', '=', key.accountId)
      .where('token_hash', '=', key.hash)
      .execute()
  }
  return toViewer(row)
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
