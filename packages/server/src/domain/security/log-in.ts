import type { AccountId, LogInMethod, SecondFactor, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { hashPassword, isPasswordOf, type PasswordCost } from '../accounts/password-hash.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { insertSession } from '../users/sessions.ts'
import { settingsChangedFor } from '../users/tell-people.ts'
import { MEMBER_COLUMNS, toViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { beginStep } from './log-in-steps.ts'
import type { Visitor } from './visitor.ts'

export interface LogIn extends Visitor {
  email: string
  password: string
  /** Picks one when the e-mail and password open several accounts. */
  subdomain?: string | undefined
}

export interface OpenedSession {
  kind: 'session'
  token: string
  me: Viewer
  expiresAt: Date
}

/** The password was right; a second step must follow. */
export interface OpenedStep {
  kind: 'second_factor'
  ticket: string
  factors: SecondFactor[]
  expiresAt: Date
}

export type LogInDeps = Pick<Deps, 'db' | 'clock' | 'nudge'> & { passwordCost?: PasswordCost }

/**
 * Opens a session, or asks for the second step when the user has one. Who guesses e-mails learns nothing from the answer or from how
 * long it took; how often somebody may try is `LogInLimiter`'s business.
 * @throws {AppError} `wrong_credentials`, or `account_ambiguous` with `details.accounts` `[{name, subdomain}]`
 */
export async function logIn(deps: LogInDeps, given: LogIn): Promise<OpenedSession | OpenedStep> {
  const members = await findMembers(deps, given)
  if (members.length > 1) {
    const accounts = members.map(({ account }) => ({ name: account.name, subdomain: account.subdomain }))
    throw new AppError(
      'account_ambiguous',
      'This e-mail and password open several accounts. Say which by its subdomain.',
      {
        details: { accounts },
      },
    )
  }
  const [me] = members
  if (!me) throw new AppError('wrong_credentials', 'The e-mail or the password is wrong.')
  const accountId = me.account.id
  const userId = me.user.id
  const factors = await listFactors(deps.db, accountId, userId)
  if (factors.length === 0) return openSession(deps, me, given, 'password')
  const { token, expiresAt } = await beginStep(deps.db, 'second_factor', { accountId, userId }, deps.clock.now())
  return { kind: 'second_factor', ticket: token, factors, expiresAt }
}

/** The last step of every log-in. `first` runs in the same transaction: what opens it may do so once. */
export async function openSession(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  me: Viewer,
  visitor: Visitor,
  method: LogInMethod,
  first: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<OpenedSession> {
  const now = deps.clock.now()
  const accountId = me.account.id
  const { user } = me
  const session = await deps.db.transaction().execute(async (tx) => {
    await first(tx)
    return writeSession(tx, { accountId, user }, visitor, method, now)
  })
  deps.nudge(accountId)
  return { kind: 'session', ...session, me }
}

/** The same within somebody else's transaction; then nudge. */
export async function writeSession(
  tx: Tx,
  { accountId, user }: { accountId: AccountId; user: { id: UserId; name: string } },
  visitor: Visitor,
  method: LogInMethod,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const session = await insertSession(tx, { accountId, userId: user.id }, { ...visitor, method }, now)
  const actor = { accountId, userId: user.id, address: visitor.address }
  const target = { kind: 'user', id: user.id, name: user.name } as const
  const details = { method, userAgent: visitor.userAgent }
  await appendAudit(tx, actor, { at: now, action: 'session.opened', target, details })
  await appendEvents(tx, accountId, [settingsChangedFor(user.id, 'sessions', user.id)])
  return session
}

/** Somebody who still works here. */
export async function findMember(db: Db, accountId: AccountId, userId: UserId): Promise<Viewer | undefined> {
  const row = await db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .where('u.account_id', '=', accountId)
    .where('u.id', '=', userId)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  return row && toViewer(row)
}

/** What is asked for behind the password. */
export async function listFactors(db: Db, accountId: AccountId, userId: UserId): Promise<SecondFactor[]> {
  const ofUser = sql`account_id = ${accountId} and user_id = ${userId}`
  const { rows } = await sql<{ code: boolean; passkey: boolean }>`
    select exists (select 1 from user_totp where ${ofUser} and confirmed_at is not null) as code,
      exists (select 1 from passkey where ${ofUser}) as passkey`.execute(db)
  const [has] = rows
  return [...(has?.code ? (['code'] as const) : []), ...(has?.passkey ? (['passkey'] as const) : [])]
}

/** Writes down that somebody tried what did not fit. Does not wait for the disk: how long it takes must tell nothing. */
export async function writeRefusal(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  who: readonly { accountId: AccountId; user: { id: UserId; name: string } }[],
  visitor: Visitor,
  step: 'password' | 'code' | 'passkey' | 'api_key',
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx)
    for (const { accountId, user } of who) {
      const actor = { accountId, userId: null, address: visitor.address }
      const target = { kind: 'user', id: user.id, name: user.name } as const
      const details = { step, userAgent: visitor.userAgent }
      await appendAudit(tx, actor, { at: clock.now(), action: 'session.refused', target, details })
    }
  })
}

/** Those whose password this is. */
async function findMembers(deps: LogInDeps, given: LogIn): Promise<Viewer[]> {
  const candidates = await listByEmail(deps.db, given.email.trim().toLowerCase(), given.subdomain)
  // As dear as looking at one real hash, so that a stopwatch does not tell which e-mails exist.
  if (candidates.length === 0) await hashPassword(given.password, deps.passwordCost)
  const members: Viewer[] = []
  for (const row of candidates) {
    if (await isPasswordOf(row.password_hash, given.password)) members.push(toViewer(row))
  }
  if (members.length === 0) {
    const tried = candidates.map(toViewer).map(({ account, user }) => ({ accountId: account.id, user }))
    await writeRefusal(deps, tried, given, 'password')
  }
  return members
}

/** Exception: across tenants, for a log-in knows the e-mail and not yet the account. */
async function listByEmail(db: Db, email: string, subdomain: string | undefined) {
  if (email.includes('\0')) return []
  return db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(MEMBER_COLUMNS)
    .select('u.password_hash')
    .where('u.email', '=', email)
    .where('u.disabled_at', 'is', null)
    .$if(subdomain !== undefined, (q) =>
      q.where('a.subdomain', '=', subdomain!.trim().toLowerCase().replaceAll('\0', '')),
    )
    .orderBy('a.id')
    .execute()
}
