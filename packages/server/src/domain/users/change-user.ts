import type { AccountId, ChangeUserRequest, GroupId, RoleId, User, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { isUniqueViolation } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { toEmail } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { checkGroup, listMembersOf } from './groups.ts'
import { checkRole } from './roles.ts'
import { accessChanged, settingsChanged, settingsChangedFor } from './tell-people.ts'
import { toUser, USER_COLUMNS } from './user-queries.ts'

type UserDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Changes what a user is called and what he may do; his open screens follow at once.
 * @throws {AppError} `not_found`; `invalid_request` names the field; `conflict`: the e-mail is taken, or nobody would be admin
 */
export async function changeUser(
  deps: UserDeps,
  actor: Actor,
  userId: UserId,
  patch: ChangeUserRequest,
): Promise<User> {
  const { accountId } = actor
  const user = await deps.db.transaction().execute(async (tx) => {
    await checkPlace(tx, accountId, patch as Place)
    if (patch.role === 'manager') await keepAnAdmin(tx, accountId, userId)
    const before = await lockUser(tx, accountId, userId)
    const after = planUser(before, patch)
    const changed = (['name', 'email', 'role', 'roleId', 'groupId'] as const).filter(
      (key) => before[key] !== after[key],
    )
    if (changed.length === 0) return before
    await writeUser(tx, accountId, after)
    await appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'user.changed',
      target: { kind: 'user', id: userId, name: after.name },
      details: Object.fromEntries(changed.map((key) => [key, { before: before[key], after: after[key] }])),
    })
    const isGroupChanged = changed.includes('groupId')
    const companions = isGroupChanged ? await listMembersOf(tx, accountId, [before.groupId, after.groupId]) : []
    const isAccessChanged = isGroupChanged || changed.includes('role') || changed.includes('roleId')
    await appendEvents(tx, accountId, [
      settingsChanged('users', actor.userId),
      ...(changed.includes('roleId') || changed.includes('role') ? [settingsChanged('roles', actor.userId)] : []),
      ...(isGroupChanged ? [settingsChanged('groups', actor.userId)] : []),
      ...(isAccessChanged
        ? accessChanged([userId, ...companions], actor.userId)
        : [settingsChangedFor(userId, 'me', actor.userId)]),
    ])
    return after
  })
  deps.nudge(accountId)
  return user
}

/**
 * Refuses what would leave the account without an admin.
 * Locks: the admins, in id order, so that two of them cannot go at once. Call it first.
 * @throws {AppError} `conflict`
 */
export async function keepAnAdmin(tx: Tx, accountId: AccountId, leaving: UserId): Promise<void> {
  const admins = await tx
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (admins.length === 1 && admins[0]?.id === leaving)
    throw new AppError('conflict', 'This is the last admin of the account. Make somebody else an admin first.')
}

/** @throws {AppError} `not_found` */
export async function lockUser(tx: Tx, accountId: AccountId, userId: UserId): Promise<User> {
  const row = await tx
    .selectFrom('account_user')
    .select(USER_COLUMNS)
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such user in this account.')
  return toUser(row)
}

/** Where somebody stands. */
export interface Place {
  roleId?: RoleId | null
  groupId?: GroupId | null
}

/**
 * Locks: the role and the group against being deleted. Before any user, as everybody does.
 * @throws {AppError} `invalid_request`, naming the field
 */
export async function checkPlace(tx: Tx, accountId: AccountId, { roleId, groupId }: Place): Promise<void> {
  if (roleId !== undefined && roleId !== null) await checkRole(tx, accountId, roleId, 'roleId')
  if (groupId !== undefined && groupId !== null) await checkGroup(tx, accountId, groupId)
}

function planUser(before: User, patch: ChangeUserRequest): User {
  const { roleId, groupId } = patch as Place
  const after: User = {
    ...before,
    name: patch.name ?? before.name,
    email: patch.email === undefined ? before.email : toEmail(patch.email, 'email'),
    role: patch.role ?? before.role,
    roleId: roleId === undefined ? before.roleId : roleId,
    groupId: groupId === undefined ? before.groupId : groupId,
  }
  if (after.role === 'admin') after.roleId = null
  return after
}

async function writeUser(tx: Tx, accountId: AccountId, user: User): Promise<void> {
  try {
    await tx
      .updateTable('account_user')
      .set({ name: user.name, email: user.email, role: user.role, role_id: user.roleId, group_id: user.groupId })
      .where('account_id', '=', accountId)
      .where('id', '=', user.id)
      .execute()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new AppError('conflict', `email: ${user.email} is somebody else's in this account.`, {
      details: { field: 'email' },
    })
  }
}
