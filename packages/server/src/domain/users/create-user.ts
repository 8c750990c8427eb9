import type { AccountId, Role } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { getAccount } from '../accounts/account-queries.ts'
import { type CreatedUser, checkPassword, insertUser, toEmail, toName } from '../accounts/insert-user.ts'
import { hashPassword, type PasswordCost } from '../accounts/password-hash.ts'
import type { Deps } from '../deps.ts'

export interface UserRequest {
  accountId: AccountId
  email: string
  password: string
  name: string
  role: Role
}

type UserDeps = Pick<Deps, 'db' | 'clock'> & { passwordCost?: PasswordCost }

/** @throws {AppError} `invalid_request` names the field; `not_found`: no such account; `conflict`: the e-mail works there already */
export async function createUser(deps: UserDeps, request: UserRequest): Promise<CreatedUser> {
  const email = toEmail(request.email, 'email')
  const name = toName(request.name, 'name')
  const password = checkPassword(request.password, 'password')
  const account = await getAccount(deps.db, request.accountId)
  const passwordHash = await hashPassword(password, deps.passwordCost)
  const user = { email, name, role: request.role, passwordHash, createdAt: deps.clock.now() }
  const created = await deps.db.transaction().execute((tx) => insertUser(tx, account.id, user))
  if (!created) {
    throw new AppError('conflict', `email: ${email} is a user of account ${account.id} already.`, {
      details: { field: 'email' },
    })
  }
  return created
}
