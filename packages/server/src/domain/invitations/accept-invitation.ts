import type { AcceptInvitationRequest, AccountId, OpenInvitation, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { checkPassword, insertUser, refuse, toEmail } from '../accounts/insert-user.ts'
import { hashPassword, type PasswordCost } from '../accounts/password-hash.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { findMember, type OpenedSession, writeSession } from '../security/log-in.ts'
import type { Visitor } from '../security/visitor.ts'
import { newcomerEvents } from '../users/create-user.ts'
import { readSecretToken } from '../users/secret-token.ts'
import { settingsChanged } from '../users/tell-people.ts'

type AcceptDeps = Pick<Deps, 'db' | 'clock' | 'nudge'> & { passwordCost?: PasswordCost }

/** @throws {AppError} `not_found`: accepted, revoked, too old, or never one */
export async function getInvitation({ db, clock }: Pick<Deps, 'db' | 'clock'>, token: string): Promise<OpenInvitation> {
  const row = await findOpen(db, token, clock.now())
  if (!row) throw deadLink()
  return {
    account: { name: row.account_name, subdomain: row.subdomain },
    invitedBy: row.inviter,
    email: row.email,
    name: row.name,
  }
}

/**
 * Whoever holds the link becomes a user with the role and group he was invited to, and is logged in.
 * @throws {AppError} `not_found`; `invalid_request` names the field; `conflict`: this e-mail works there already
 */
export async function acceptInvitation(
  deps: AcceptDeps,
  token: string,
  given: AcceptInvitationRequest,
  visitor: Visitor,
): Promise<OpenedSession> {
  const open = await findOpen(deps.db, token, deps.clock.now())
  if (!open) throw deadLink()
  const email = open.email ?? (given.email === undefined ? undefined : toEmail(given.email, 'email'))
  if (email === undefined) throw refuse('email', 'must not be empty')
  const passwordHash = await hashPassword(checkPassword(given.password, 'password'), deps.passwordCost)
  const { account_id: accountId } = open
  const { session, userId } = await deps.db
    .transaction()
    .execute((tx) => join(tx, token, { accountId, email, name: given.name, passwordHash }, visitor, deps.clock.now()))
  deps.nudge(accountId)
  const me = await findMember(deps.db, accountId, userId)
  if (!me) throw new Error('Somebody who has just come is not there.')
  return { kind: 'session', ...session, me }
}

interface Newcomer {
  accountId: AccountId
  email: string
  name: string
  passwordHash: string
}

/** Of two who hold the same link one gets in. */
async function join(tx: Tx, token: string, newcomer: Newcomer, visitor: Visitor, now: Date) {
  const { accountId, email, name } = newcomer
  const invitation = await takeInvitation(tx, token, now)
  if (!invitation) throw deadLink()
  const { role, role_id: roleId, group_id: groupId, id } = invitation
  const user = await insertUser(tx, accountId, { ...newcomer, role, roleId, groupId, createdAt: now })
  if (!user)
    throw new AppError('conflict', `email: ${email} works in this account already. Log in instead.`, {
      details: { field: 'email' },
    })
  await tx
    .updateTable('invitation')
    .set({ user_id: user.id })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
  const actor = { accountId, userId: user.id, address: visitor.address }
  const target = { kind: 'user', id: user.id, name } as const
  await appendAudit(
    tx,
    actor,
    { at: now, action: 'invitation.accepted', target: { kind: 'invitation', id, name: email } },
    { at: now, action: 'user.made', target, details: { role, roleId, groupId, invitedBy: invitation.invited_by } },
  )
  await appendEvents(tx, accountId, [
    settingsChanged('invitations', user.id),
    ...(await newcomerEvents(tx, actor, groupId)),
  ])
  const session = await writeSession(tx, { accountId, user: { id: user.id, name } }, visitor, 'invitation', now)
  return { session, userId: user.id as UserId }
}

async function takeInvitation(tx: Tx, token: string, now: Date) {
  const key = readSecretToken(token)
  if (!key) return undefined
  return tx
    .updateTable('invitation')
    .set({ accepted_at: now })
    .where('account_id', '=', key.accountId)
    .where('token_hash', '=', key.hash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['id', 'role', 'role_id', 'group_id', 'invited_by'])
    .executeTakeFirst()
}

async function findOpen(db: Db, token: string, now: Date) {
  const key = readSecretToken(token)
  if (!key) return undefined
  return db
    .selectFrom('invitation as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .leftJoin('account_user as u', (on) =>
      on.onRef('u.account_id', '=', 'i.account_id').onRef('u.id', '=', 'i.invited_by'),
    )
    .select(['i.account_id', 'i.email', 'i.name', 'u.name as inviter', 'a.name as account_name', 'a.subdomain'])
    .where('i.account_id', '=', key.accountId)
    .where('i.token_hash', '=', key.hash)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', now)
    .executeTakeFirst()
}

const deadLink = () =>
  new AppError(
    'not_found',
    'This invitation was accepted or revoked, or is too old. Ask whoever invited you for a new one.',
  )
