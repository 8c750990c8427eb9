import type {
  AccountId,
  ChangeRoleRequest,
  NewRoleRequest,
  Reach,
  RightAct,
  RightArea,
  Rights,
  RoleId,
  TeamRole,
  UserId,
} from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { accessChanged, settingsChanged } from './tell-people.ts'

type RoleDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/** The account's roles by name, and who has them. */
export async function listRoles(db: Db, accountId: AccountId): Promise<TeamRole[]> {
  const [roles, users] = await Promise.all([
    db
      .selectFrom('role')
      .select(['id', 'name', 'rights'])
      .where('account_id', '=', accountId)
      .orderBy('name')
      .execute(),
    db
      .selectFrom('account_user')
      .select(['id', 'role_id'])
      .where('account_id', '=', accountId)
      .where('role_id', 'is not', null)
      .where('disabled_at', 'is', null)
      .orderBy('id')
      .execute(),
  ])
  return roles.map((role) => ({
    ...role,
    userIds: users.filter((user) => user.role_id === role.id).map(({ id }) => id),
  }))
}

/** @throws {AppError} `conflict`: another role has this name */
export async function createRole(deps: RoleDeps, actor: Actor, { name, rights }: NewRoleRequest): Promise<TeamRole> {
  const { accountId } = actor
  const narrowed = narrow(rights)
  const role = await deps.db.transaction().execute(async (tx) => {
    await refuseTakenName(tx, accountId, name)
    const { id } = await tx
      .insertInto('role')
      .values({ account_id: accountId, name, rights: JSON.stringify(narrowed) })
      .returning('id')
      .executeTakeFirstOrThrow()
    const target = { kind: 'role', id, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'role.made', target, details: { rights: narrowed } })
    await appendEvents(tx, accountId, [settingsChanged('roles', actor.userId)])
    return { id, name, rights: narrowed, userIds: [] }
  })
  deps.nudge(accountId)
  return role
}

/**
 * Renames a role or changes its rights; who has it sees and may do the new things at once, and the old no longer.
 * @throws {AppError} `not_found`; `conflict`: another role has this name
 */
export async function changeRole(
  deps: RoleDeps,
  actor: Actor,
  roleId: RoleId,
  { name, rights }: ChangeRoleRequest,
): Promise<TeamRole> {
  const { accountId, userId } = actor
  const role = await deps.db.transaction().execute(async (tx) => {
    const before = await lockRole(tx, accountId, roleId)
    if (name !== undefined && name !== before.name) await refuseTakenName(tx, accountId, name)
    const after = { name: name ?? before.name, rights: rights ? narrow(rights) : before.rights }
    await tx
      .updateTable('role')
      .set({ name: after.name, rights: JSON.stringify(after.rights) })
      .where('account_id', '=', accountId)
      .where('id', '=', roleId)
      .execute()
    const userIds = await listHolders(tx, accountId, roleId)
    await appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'role.changed',
      target: { kind: 'role', id: roleId, name: after.name },
      details: { before, after },
    })
    const changes = [settingsChanged('roles', userId), ...(rights ? accessChanged(userIds, userId) : [])]
    await appendEvents(tx, accountId, changes)
    return { id: roleId, ...after, userIds }
  })
  deps.nudge(accountId)
  return role
}

/**
 * Who had it gets another role, or the usual rights of a manager.
 * @throws {AppError} `not_found`; `invalid_request`: there is no role to move them to
 */
export async function deleteRole(
  deps: RoleDeps,
  actor: Actor,
  roleId: RoleId,
  moveTo: RoleId | undefined,
): Promise<void> {
  const { accountId, userId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const { name } = await lockRole(tx, accountId, roleId)
    if (moveTo !== undefined) await checkRole(tx, accountId, moveTo === roleId ? null : moveTo, 'moveTo')
    const userIds = await listHolders(tx, accountId, roleId)
    await tx
      .updateTable('account_user')
      .set({ role_id: moveTo ?? null })
      .where('account_id', '=', accountId)
      .where('role_id', '=', roleId)
      .execute()
    // An invitation still open gives the usual rights then, or the other role's.
    await tx
      .updateTable('invitation')
      .set({ role_id: moveTo ?? null })
      .where('account_id', '=', accountId)
      .where('role_id', '=', roleId)
      .execute()
    await tx.deleteFrom('role').where('account_id', '=', accountId).where('id', '=', roleId).execute()
    const target = { kind: 'role', id: roleId, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'role.deleted', target, details: { moveTo, userIds } })
    await appendEvents(tx, accountId, [
      settingsChanged('roles', userId),
      settingsChanged('users', userId),
      ...accessChanged(userIds, userId),
    ])
  })
  deps.nudge(accountId)
}

/** @throws {AppError} `invalid_request`, naming the field */
export async function checkRole(tx: Tx, accountId: AccountId, roleId: RoleId | null, field: string): Promise<void> {
  const row =
    roleId !== null &&
    (await tx
      .selectFrom('role')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '=', roleId)
      // It must not be deleted before the user who gets it is written down.
      .forShare()
      .executeTakeFirst())
  if (!row) throw refuse(field, 'this account has no such role')
}

async function lockRole(tx: Tx, accountId: AccountId, roleId: RoleId): Promise<{ name: string; rights: Rights }> {
  const role = await tx
    .selectFrom('role')
    .select(['name', 'rights'])
    .where('account_id', '=', accountId)
    .where('id', '=', roleId)
    .forUpdate()
    .executeTakeFirst()
  if (!role) throw new AppError('not_found', 'There is no such role in this account.')
  return role
}

async function listHolders(tx: Tx, accountId: AccountId, roleId: RoleId): Promise<UserId[]> {
  const rows = await tx
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('role_id', '=', roleId)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function refuseTakenName(tx: Tx, accountId: AccountId, name: string): Promise<void> {
  const row = await tx
    .selectFrom('role')
    .select('id')
    .where('account_id', '=', accountId)
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
  if (row) throw new AppError('conflict', `name: there is a role ${name} already.`, { details: { field: 'name' } })
}

const REACHES: readonly Reach[] = ['none', 'own', 'group', 'all']
const AREAS: readonly RightArea[] = ['leads', 'contacts', 'tasks']
const ACTS: readonly RightAct[] = ['view', 'edit', 'delete', 'export']

/** Nobody changes, deletes or takes out more than he sees. */
function narrow(rights: Rights): Rights {
  const narrowed = { ...rights }
  for (const area of AREAS) {
    const most = REACHES.indexOf(rights[area].view)
    const reachOf = (act: RightAct) => REACHES[Math.min(most, REACHES.indexOf(rights[area][act]))]
    narrowed[area] = Object.fromEntries(ACTS.map((act) => [act, reachOf(act)])) as Record<RightAct, Reach>
  }
  return narrowed
}
