import type { AccountId, GroupId, Role, RoleId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { getAccount } from '../accounts/account-queries.ts'
import { type CreatedUser, checkPassword, insertUser, toEmail, toName } from '../accounts/insert-user.ts'
import { hashPassword, type PasswordCost } from '../accounts/password-hash.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { checkPlace } from './change-user.ts'
import { listMembersOf } from './groups.ts'
import { accessChanged, settingsChanged } from './tell-people.ts'

export interface UserRequest {
  accountId: AccountId
  email: string
  password: string
  name: string
  role: Role
  /** Absent: the usual rights. */
  roleId?: RoleId | null
  groupId?: GroupId | null
  /** Absent: the operator. */
  actor?: Actor
}

type UserDeps = Pick<Deps, 'db' | 'clock'> & Partial<Pick<Deps, 'nudge'>> & { passwordCost?: PasswordCost }

/** @throws {AppError} `invalid_request` names the field; `not_found`: no such account; `conflict`: the e-mail works there already */
export async function createUser(deps: UserDeps, request: UserRequest): Promise<CreatedUser> {
  const email = toEmail(request.email, 'email')
  const name = toName(request.name, 'name')
  const password = checkPassword(request.password, 'password')
  const account = await getAccount(deps.db, request.accountId)
  const passwordHash = await hashPassword(password, deps.passwordCost)
  const { role, roleId, groupId } = request
  const user = { email, name, role, roleId, groupId, passwordHash, createdAt: deps.clock.now() }
  const created = await deps.db.transaction().execute(async (tx) => {
    await checkPlace(tx, account.id, request)
    const inserted = await insertUser(tx, account.id, user)
    if (inserted) await tell(tx, request, { id: inserted.id, name }, user.createdAt)
    return inserted
  })
  deps.nudge?.(account.id)
  if (!created) {
    throw new AppError('conflict', `email: ${email} is a user of account ${account.id} already.`, {
      details: { field: 'email' },
    })
  }
  return created
}

async function tell(
  tx: Tx,
  { accountId, role, groupId = null, actor }: UserRequest,
  user: { id: UserId; name: string },
  at: Date,
) {
  const target = { kind: 'user', id: user.id, name: user.name } as const
  const operator = { accountId, userId: null, address: null }
  const by = actor ?? operator
  await appendAudit(tx, by, { at, action: 'user.made', target, details: { role } })
  await appendEvents(tx, accountId, await newcomerEvents(tx, by, groupId))
}

/** Whoever shares a group with the newcomer sees his things from now on. */
export async function newcomerEvents(tx: Tx, by: Actor, groupId: GroupId | null): Promise<NewEvent[]> {
  const companions = await listMembersOf(tx, by.accountId, [groupId])
  const topics = groupId === null ? (['users', 'roles'] as const) : (['users', 'roles', 'groups'] as const)
  return [...topics.map((topic) => settingsChanged(topic, by.userId)), ...accessChanged(companions, by.userId)]
}
