import type { AccountId, Role, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { getAccount } from '../accounts/account-queries.ts'
import { type CreatedUser, checkPassword, insertUser, toEmail, toName } from '../accounts/insert-user.ts'
import { hashPassword, type PasswordCost } from '../accounts/password-hash.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'

export interface UserRequest {
  accountId: AccountId
  email: string
  password: string
  name: string
  role: Role
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
  const user = { email, name, role: request.role, passwordHash, createdAt: deps.clock.now() }
  const created = await deps.db.transaction().execute(async (tx) => {
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

async function tell(tx: Tx, { accountId, role, actor }: UserRequest, user: { id: UserId; name: string }, at: Date) {
  const target = { kind: 'user', id: user.id, name: user.name } as const
  const operator = { accountId, userId: null, address: null }
  await appendAudit(tx, actor ?? operator, { at, action: 'user.made', target, details: { role } })
  await appendEvents(tx, accountId, [{ type: 'settings.changed', topic: 'users', actorId: actor?.userId }])
}
