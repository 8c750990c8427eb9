import type { AccountId, ChangeGroupRequest, GroupId, NewGroupRequest, TeamGroup, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { accessChanged, settingsChanged } from './tell-people.ts'

type GroupDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/** The account's groups by name, with who works in them. */
export async function listGroups(db: Db, accountId: AccountId): Promise<TeamGroup[]> {
  const [groups, users] = await Promise.all([
    db.selectFrom('user_group').select(['id', 'name']).where('account_id', '=', accountId).orderBy('name').execute(),
    db
      .selectFrom('account_user')
      .select(['id', 'group_id'])
      .where('account_id', '=', accountId)
      .where('group_id', 'is not', null)
      .where('disabled_at', 'is', null)
      .orderBy('id')
      .execute(),
  ])
  return groups.map((group) => ({
    ...group,
    userIds: users.filter((user) => user.group_id === group.id).map(({ id }) => id),
  }))
}

/** @throws {AppError} `conflict`: another group has this name; `invalid_request`: an id is nobody's */
export async function createGroup(
  deps: GroupDeps,
  actor: Actor,
  { name, userIds }: NewGroupRequest,
): Promise<TeamGroup> {
  const { accountId } = actor
  const group = await deps.db.transaction().execute(async (tx) => {
    await refuseTakenName(tx, accountId, name)
    const { id } = await tx
      .insertInto('user_group')
      .values({ account_id: accountId, name })
      .returning('id')
      .executeTakeFirstOrThrow()
    const members = await setMembers(tx, accountId, id, userIds as UserId[])
    const target = { kind: 'group', id, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'group.made', target, details: { userIds } })
    await tell(tx, actor, members.touched)
    return { id, name, userIds: members.userIds }
  })
  deps.nudge(accountId)
  return group
}

/**
 * Renames a group or says who is in it. Who came, who left and who stayed see each other's things, or no longer, at once.
 * @throws {AppError} `not_found`; `conflict`: another group has this name; `invalid_request`: an id is nobody's
 */
export async function changeGroup(
  deps: GroupDeps,
  actor: Actor,
  groupId: GroupId,
  { name, userIds }: ChangeGroupRequest,
): Promise<TeamGroup> {
  const { accountId } = actor
  const group = await deps.db.transaction().execute(async (tx) => {
    const before = await lockGroup(tx, accountId, groupId)
    if (name !== undefined && name !== before) {
      await refuseTakenName(tx, accountId, name)
      await tx
        .updateTable('user_group')
        .set({ name })
        .where('account_id', '=', accountId)
        .where('id', '=', groupId)
        .execute()
    }
    const held = await listMembers(tx, accountId, groupId)
    const members = userIds && (await setMembers(tx, accountId, groupId, userIds as UserId[]))
    const after = { name: name ?? before, userIds: members?.userIds ?? held }
    await appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'group.changed',
      target: { kind: 'group', id: groupId, name: after.name },
      details: { before: { name: before, userIds: held }, after },
    })
    await tell(tx, actor, members?.touched ?? [])
    return { id: groupId, ...after }
  })
  deps.nudge(accountId)
  return group
}

/** Its people work in no group then. @throws {AppError} `not_found` */
export async function deleteGroup(deps: GroupDeps, actor: Actor, groupId: GroupId): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const name = await lockGroup(tx, accountId, groupId)
    const { touched } = await setMembers(tx, accountId, groupId, [])
    // Also of those who were switched off, and of people yet to come.
    await tx
      .updateTable('account_user')
      .set({ group_id: null })
      .where('account_id', '=', accountId)
      .where('group_id', '=', groupId)
      .execute()
    await tx
      .updateTable('invitation')
      .set({ group_id: null })
      .where('account_id', '=', accountId)
      .where('group_id', '=', groupId)
      .execute()
    await tx.deleteFrom('user_group').where('account_id', '=', accountId).where('id', '=', groupId).execute()
    const target = { kind: 'group', id: groupId, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'group.deleted', target })
    await tell(tx, actor, touched)
  })
  deps.nudge(accountId)
}

/** @throws {AppError} `invalid_request`, naming the field */
export async function checkGroup(tx: Tx, accountId: AccountId, groupId: GroupId): Promise<void> {
  const row = await tx
    .selectFrom('user_group')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', groupId)
    .forShare()
    .executeTakeFirst()
  if (!row) throw refuse('groupId', 'this account has no such group')
}

/** Everybody who works in one of these groups; whoever comes or goes changes what they see. */
export async function listMembersOf(
  tx: Tx,
  accountId: AccountId,
  groupIds: readonly (GroupId | null)[],
): Promise<UserId[]> {
  const ids = groupIds.filter((id) => id !== null)
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('group_id', 'in', ids)
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

const listMembers = (tx: Tx, accountId: AccountId, groupId: GroupId) => listMembersOf(tx, accountId, [groupId])

async function tell(tx: Tx, { accountId, userId }: Actor, touched: readonly UserId[]): Promise<void> {
  const lists = touched.length === 0 ? [] : [settingsChanged('users', userId)]
  await appendEvents(tx, accountId, [settingsChanged('groups', userId), ...lists, ...accessChanged(touched, userId)])
}

/** Answers who is in it now, and who sees something else now: of this group and of those that people came from. */
async function setMembers(
  tx: Tx,
  accountId: AccountId,
  groupId: GroupId,
  userIds: readonly UserId[],
): Promise<{ userIds: UserId[]; touched: UserId[] }> {
  const wanted = [...new Set(userIds)].sort((a, b) => a - b)
  const users = await tx
    .selectFrom('account_user')
    .select(['id', 'group_id'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('group_id', '=', groupId), ...(wanted.length > 0 ? [eb('id', 'in', wanted)] : [])]))
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const known = new Set(users.map(({ id }) => id))
  if (wanted.some((id) => !known.has(id))) throw refuse('userIds', 'one of them is nobody in this account')
  const came = users.filter(({ id, group_id }) => wanted.includes(id) && group_id !== groupId)
  const left = users.filter(({ id, group_id }) => !wanted.includes(id) && group_id === groupId)
  if (came.length + left.length === 0) return { userIds: wanted, touched: [] }
  const groups = [groupId, ...came.map(({ group_id }) => group_id)]
  const before = await listMembersOf(tx, accountId, groups)
  await move(tx, accountId, came, groupId)
  await move(tx, accountId, left, null)
  return { userIds: wanted, touched: [...new Set([...before, ...wanted])] }
}

async function move(tx: Tx, accountId: AccountId, users: readonly { id: UserId }[], to: GroupId | null): Promise<void> {
  if (users.length === 0) return
  await tx
    .updateTable('account_user')
    .set({ group_id: to })
    .where('account_id', '=', accountId)
    .where(
      'id',
      'in',
      users.map(({ id }) => id),
    )
    .execute()
}

async function lockGroup(tx: Tx, accountId: AccountId, groupId: GroupId): Promise<string> {
  const group = await tx
    .selectFrom('user_group')
    .select('name')
    .where('account_id', '=', accountId)
    .where('id', '=', groupId)
    .forUpdate()
    .executeTakeFirst()
  if (!group) throw new AppError('not_found', 'There is no such group in this account.')
  return group.name
}

async function refuseTakenName(tx: Tx, accountId: AccountId, name: string): Promise<void> {
  const row = await tx
    .selectFrom('user_group')
    .select('id')
    .where('account_id', '=', accountId)
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
  if (row) throw new AppError('conflict', `name: there is a group ${name} already.`, { details: { field: 'name' } })
}
