import type {
  AccountId,
  GroupId,
  Invitation,
  InvitationId,
  NewInvitation,
  NewInvitationRequest,
  RoleId,
} from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { toEmail } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { invitationMail } from '../security/mails.ts'
import { checkPlace } from '../users/change-user.ts'
import { newSecretToken } from '../users/secret-token.ts'
import { settingsChanged } from '../users/tell-people.ts'
import type { Viewer } from '../users/viewer.ts'

type InvitationDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'publicUrl' | 'mailer'>

const LIFETIME_DAYS = 7
const LIFETIME_MS = LIFETIME_DAYS * 24 * 60 * 60_000

/** Those that may still be accepted, newest first. */
export async function listInvitations(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  accountId: AccountId,
): Promise<Invitation[]> {
  const rows = await invitationRows(db, accountId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    // One that has run out can be sent again: it stays for a month.
    .where('i.expires_at', '>', new Date(clock.now().getTime() - 30 * 24 * 60 * 60_000))
    .orderBy('i.id', 'desc')
    .execute()
  return rows.map(toInvitation)
}

/**
 * Invites somebody: by mail when there is an e-mail and a mail server, and by a link, which is shown once, in any case.
 * @throws {AppError} `invalid_request` names the field; `conflict`: somebody with this e-mail works here already
 */
export async function invite(
  deps: InvitationDeps,
  actor: Actor,
  { account, user }: Viewer,
  given: NewInvitationRequest,
): Promise<NewInvitation> {
  const email = given.email === undefined ? null : toEmail(given.email, 'email')
  const place = { roleId: given.roleId as RoleId | null, groupId: given.groupId as GroupId | null }
  const { token, hash } = newSecretToken(account.id)
  const now = deps.clock.now()
  const isMailed = email !== null && deps.mailer !== undefined
  const id = await deps.db.transaction().execute(async (tx) => {
    await checkPlace(tx, account.id, place)
    if (email !== null) await refuseKnown(tx, account.id, email)
    const row = await tx
      .insertInto('invitation')
      .values({
        account_id: account.id,
        token_hash: hash,
        email,
        name: given.name ?? null,
        role: given.role,
        role_id: given.role === 'admin' ? null : (place.roleId ?? null),
        group_id: place.groupId ?? null,
        invited_by: user.id,
        created_at: now,
        expires_at: new Date(now.getTime() + LIFETIME_MS),
        sent_at: isMailed ? now : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tell(tx, actor, 'invitation.made', { id: row.id, name: email ?? given.name ?? null }, now)
    return row.id
  })
  deps.nudge(account.id)
  return send(deps, { account, user }, id, token)
}

/**
 * A new link for an invitation, good for another week; the one before is void.
 * @throws {AppError} `not_found`: it was accepted or revoked
 */
export async function resendInvitation(
  deps: InvitationDeps,
  actor: Actor,
  { account, user }: Viewer,
  id: InvitationId,
): Promise<NewInvitation> {
  const { token, hash } = newSecretToken(account.id)
  const now = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('invitation')
      .set({ token_hash: hash, expires_at: new Date(now.getTime() + LIFETIME_MS) })
      .where('account_id', '=', account.id)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['email', 'name'])
      .executeTakeFirst()
    if (!row) throw gone()
    if (row.email !== null && deps.mailer) {
      await tx
        .updateTable('invitation')
        .set({ sent_at: now })
        .where('account_id', '=', account.id)
        .where('id', '=', id)
        .execute()
    }
    await tell(tx, actor, 'invitation.resent', { id, name: row.email ?? row.name }, now)
  })
  deps.nudge(account.id)
  return send(deps, { account, user }, id, token)
}

/** Nobody gets in by it any more. @throws {AppError} `not_found`: it was accepted or revoked */
export async function revokeInvitation(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  id: InvitationId,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const now = deps.clock.now()
    const row = await tx
      .updateTable('invitation')
      .set({ revoked_at: now })
      .where('account_id', '=', actor.accountId)
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning(['email', 'name'])
      .executeTakeFirst()
    if (!row) throw gone()
    await tell(tx, actor, 'invitation.revoked', { id, name: row.email ?? row.name }, now)
  })
  deps.nudge(actor.accountId)
}

async function send(
  deps: InvitationDeps,
  { account, user }: Pick<Viewer, 'account' | 'user'>,
  id: InvitationId,
  token: string,
): Promise<NewInvitation> {
  const row = await invitationRows(deps.db, account.id).where('i.id', '=', id).executeTakeFirstOrThrow()
  const invitation = toInvitation(row)
  const link = `${deps.publicUrl()}/invite/${token}`
  const isMailed = invitation.email !== null && deps.mailer !== undefined
  if (invitation.email !== null)
    deps.mailer?.send({
      to: invitation.email,
      ...invitationMail({
        by: user.name,
        accountName: account.name,
        accountLanguage: account.language,
        link,
        days: LIFETIME_DAYS,
      }),
    })
  return { invitation, link, isMailed }
}

async function tell(
  tx: Tx,
  actor: Actor,
  action: 'invitation.made' | 'invitation.resent' | 'invitation.revoked',
  target: { id: InvitationId; name: string | null },
  at: Date,
): Promise<void> {
  await appendAudit(tx, actor, { at, action, target: { kind: 'invitation', ...target } })
  await appendEvents(tx, actor.accountId, [settingsChanged('invitations', actor.userId)])
}

async function refuseKnown(tx: Tx, accountId: AccountId, email: string): Promise<void> {
  const row = await tx
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('email', '=', email)
    .executeTakeFirst()
  if (!row) return
  throw new AppError('conflict', `email: ${email} works in this account already.`, { details: { field: 'email' } })
}

const invitationRows = (db: Db, accountId: AccountId) =>
  db
    .selectFrom('invitation as i')
    .leftJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'i.account_id').onRef('u.id', '=', 'i.invited_by'),
    )
    .selectAll('i')
    .select('u.name as inviter')
    .where('i.account_id', '=', accountId)

function toInvitation(row: Selectable<Schema['invitation']> & { inviter: string | null }): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    roleId: row.role_id,
    groupId: row.group_id,
    invitedBy: row.invited_by === null ? null : { id: row.invited_by, name: row.inviter ?? '' },
    createdAt: row.created_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
  }
}

const gone = () => new AppError('not_found', 'There is no such invitation, or it was accepted or revoked.')
