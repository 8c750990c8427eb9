import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { checkPassword } from '../accounts/insert-user.ts'
import { hashPassword, type PasswordCost } from '../accounts/password-hash.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { lockUser } from '../users/change-user.ts'
import { newSecretToken, readSecretToken } from '../users/secret-token.ts'
import { endSessions } from '../users/sessions.ts'
import type { Viewer } from '../users/viewer.ts'
import { resetMail } from './mails.ts'

type PasswordDeps = Pick<Deps, 'db' | 'clock' | 'nudge'> & { passwordCost?: PasswordCost }

const HOUR_MS = 60 * 60_000
/** Asked for at the log-in. */
const MAILED_LIFETIME_MS = HOUR_MS
/** Handed over by an admin, who may have to find the person first. */
const HANDED_LIFETIME_MS = 24 * HOUR_MS

/**
 * A new password for oneself; the caller has asked for the one before. Everybody else who is logged in as this user is out.
 * @throws {AppError} `invalid_request`: it is too short
 */
export async function changePassword(
  deps: PasswordDeps,
  actor: Actor,
  me: Viewer,
  { next, session }: { next: string; session: string | undefined },
): Promise<void> {
  const passwordHash = await hashPassword(checkPassword(next, 'next'), deps.passwordCost)
  await deps.db.transaction().execute(async (tx) => {
    await lockUser(tx, me.account.id, me.user.id)
    await writePassword(tx, actor, me.user, { passwordHash, except: session, now: deps.clock.now(), by: 'user' })
  })
  deps.nudge(me.account.id)
}

/**
 * Makes a link to a new password, to be handed over by an admin. Links before it are void.
 * @throws {AppError} `not_found`
 */
export async function makePasswordLink(
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl'>,
  actor: Actor,
  userId: UserId,
): Promise<{ link: string; expiresAt: number }> {
  const expiresAt = new Date(deps.clock.now().getTime() + HANDED_LIFETIME_MS)
  const link = await deps.db.transaction().execute(async (tx) => {
    const user = await lockUser(tx, actor.accountId, userId)
    return insertLink(tx, deps, { accountId: actor.accountId, user, actor, expiresAt })
  })
  return { link, expiresAt: expiresAt.getTime() }
}

/** Mails links to whoever has this e-mail. Says nothing about whether somebody has: call it and do not wait for it. */
export async function mailPasswordLinks(
  deps: Pick<Deps, 'db' | 'clock' | 'publicUrl' | 'mailer'>,
  { email, subdomain }: { email: string; subdomain: string | undefined },
  address: string,
): Promise<void> {
  const users = await listByEmail(deps.db, email.trim().toLowerCase(), subdomain)
  const expiresAt = new Date(deps.clock.now().getTime() + MAILED_LIFETIME_MS)
  for (const user of users) {
    const { account_id: accountId } = user
    const actor = { accountId, userId: null, address }
    const link = await deps.db
      .transaction()
      .execute((tx) => insertLink(tx, deps, { accountId, user, actor, expiresAt }))
    deps.mailer?.send({ to: user.email, ...resetMail({ ...user, link }) })
  }
}

/** Whose password a link replaces. @throws {AppError} `not_found`: none any more */
export async function getPasswordLink(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<{ email: string; accountName: string }> {
  const row = await findLink(db, token, clock.now())
  if (!row) throw deadLink()
  return { email: row.email, accountName: row.account_name }
}

/**
 * Sets the password behind a link, which is used up. Everybody who is logged in as this user is out.
 * @throws {AppError} `not_found`: the link is none any more; `invalid_request`: the password is too short
 */
export async function setPasswordByLink(
  deps: PasswordDeps,
  token: string,
  password: string,
  address: string,
): Promise<void> {
  const found = await findLink(deps.db, token, deps.clock.now())
  if (!found) throw deadLink()
  const passwordHash = await hashPassword(checkPassword(password, 'password'), deps.passwordCost)
  const { account_id: accountId, user_id: id, name } = found
  await deps.db.transaction().execute(async (tx) => {
    const now = deps.clock.now()
    await lockUser(tx, accountId, id)
    if (!(await useLink(tx, token, now))) throw deadLink()
    const actor = { accountId, userId: id, address }
    await writePassword(tx, actor, { id, name }, { passwordHash, except: undefined, now, by: 'link' })
  })
  deps.nudge(accountId)
}

interface NewPassword {
  passwordHash: string
  /** The session that stays. */
  except: string | undefined
  now: Date
  by: 'user' | 'link'
}

async function writePassword(
  tx: Tx,
  actor: Actor,
  user: { id: UserId; name: string },
  { passwordHash, except, now, by }: NewPassword,
): Promise<void> {
  const { accountId } = actor
  await tx
    .updateTable('account_user')
    .set({ password_hash: passwordHash, password_changed_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', user.id)
    .execute()
  // What was begun with the password before is void.
  for (const table of ['password_reset', 'log_in_step'] as const)
    await tx.deleteFrom(table).where('account_id', '=', accountId).where('user_id', '=', user.id).execute()
  const target = { kind: 'user', id: user.id, name: user.name } as const
  await appendAudit(tx, actor, { at: now, action: 'password.changed', target, details: { by } })
  await endSessions(tx, actor, user, { except }, now)
}

interface NewLink {
  accountId: AccountId
  user: { id: UserId; name: string }
  actor: Actor
  expiresAt: Date
}

async function insertLink(
  tx: Tx,
  { clock, publicUrl }: Pick<Deps, 'clock' | 'publicUrl'>,
  { accountId, user, actor, expiresAt }: NewLink,
): Promise<string> {
  const now = clock.now()
  const { token, hash } = newSecretToken(accountId)
  await tx.deleteFrom('password_reset').where('account_id', '=', accountId).where('user_id', '=', user.id).execute()
  await tx
    .insertInto('password_reset')
    .values({
      account_id: accountId,
      token_hash: hash,
      user_id: user.id,
      made_by: actor.userId,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  const target = { kind: 'user', id: user.id, name: user.name } as const
  await appendAudit(tx, actor, { at: now, action: 'password.link_made', target })
  return `${publicUrl()}/password/${token}`
}

async function findLink(db: Db, token: string, now: Date) {
  const key = readSecretToken(token)
  if (!key) return undefined
  return db
    .selectFrom('password_reset as r')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'r.account_id').onRef('u.id', '=', 'r.user_id'),
    )
    .innerJoin('account as a', 'a.id', 'r.account_id')
    .select(['r.account_id', 'r.user_id', 'u.name', 'u.email', 'a.name as account_name'])
    .where('r.account_id', '=', key.accountId)
    .where('r.token_hash', '=', key.hash)
    .where('r.used_at', 'is', null)
    .where('r.expires_at', '>', now)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
}

async function useLink(tx: Tx, token: string, now: Date): Promise<boolean> {
  const key = readSecretToken(token)
  if (!key) return false
  const row = await tx
    .updateTable('password_reset')
    .set({ used_at: now })
    .where('account_id', '=', key.accountId)
    .where('token_hash', '=', key.hash)
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Exception: across tenants, for who forgot knows the e-mail and perhaps not the account. */
async function listByEmail(db: Db, email: string, subdomain: string | undefined) {
  if (email.includes('\0')) return []
  return db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select(['u.account_id', 'u.id', 'u.name', 'u.email', 'u.language', 'a.name as accountName'])
    .select('a.language as accountLanguage')
    .where('u.email', '=', email)
    .where('u.disabled_at', 'is', null)
    .$if(subdomain !== undefined, (q) => q.where('a.subdomain', '=', subdomain!.toLowerCase().replaceAll('\0', '')))
    .orderBy('a.id')
    .limit(20)
    .execute()
}

const deadLink = () =>
  new AppError('not_found', 'This link was used, or is too old. Ask for a new one at the log-in, or ask an admin.')
