import { randomUUID } from 'node:crypto'
import type { AccountId, AmojoId, Role, UserId } from '@parley/protocol/model'
import { createAccount, createUser } from '@parley/server/internals'
import { AppClient } from './app-client.ts'
import type { RunningWorld } from './running-world.ts'

export interface AccountOptions {
  name?: string
  subdomain?: string
  adminEmail?: string
  managerEmail?: string
  password?: string
}

export interface TestUser {
  id: UserId
  amojoId: AmojoId
  name: string
  email: string
  password: string
  role: Role
  /** Logs in anew: every client is a browser of its own. */
  logIn(): Promise<AppClient>
}

export interface TestAccount {
  id: AccountId
  amojoId: AmojoId
  name: string
  subdomain: string
  admin: TestUser
  manager: TestUser
  /** The admin's client, logged in once. */
  asAdmin(): Promise<AppClient>
  /** The manager's client, logged in once. */
  asManager(): Promise<AppClient>
  aUser(options?: { email?: string; name?: string; role?: Role; password?: string }): Promise<TestUser>
}

const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 }
const PASSWORD = 'correct horse battery'

export async function makeAccount(world: RunningWorld, options: AccountOptions = {}): Promise<TestAccount> {
  const nonce = randomUUID().slice(0, 8)
  const { name = 'Harbor Shop', subdomain = `shop-${nonce}`, password = PASSWORD } = options
  const adminEmail = options.adminEmail ?? `ana-${nonce}@example.net`
  const managerEmail = options.managerEmail ?? `max-${nonce}@example.net`
  const deps = { ...world.deps, passwordCost: CHEAP }
  const created = await createAccount(deps, {
    name,
    subdomain,
    ownerEmail: adminEmail,
    ownerPassword: password,
    ownerName: 'Ana Silva',
  })

  const toUser = (
    user: { id: UserId; amojoId: AmojoId; email: string },
    userName: string,
    role: Role,
    secret: string,
  ): TestUser => ({
    ...user,
    name: userName,
    role,
    password: secret,
    logIn: () => AppClient.logIn(world, { email: user.email, password: secret, subdomain }),
  })
  const aUser: TestAccount['aUser'] = async (given = {}) => {
    const {
      email = `user-${randomUUID().slice(0, 8)}@example.net`,
      name: userName = 'Kim Park',
      role = 'manager',
    } = given
    const secret = given.password ?? password
    const user = await createUser(deps, { accountId: created.id, email, password: secret, name: userName, role })
    return toUser(user, userName, role, secret)
  }
  const admin = toUser(created.owner, 'Ana Silva', 'admin', password)
  const manager = await aUser({ email: managerEmail, name: 'Max Berg' })
  const { id, amojoId } = created
  return {
    id,
    amojoId,
    name,
    subdomain,
    admin,
    manager,
    aUser,
    asAdmin: once(admin.logIn),
    asManager: once(manager.logIn),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
