import { randomUUID } from 'node:crypto'
import type { AccountId, AmojoId, GroupId, Role, RoleId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'

const LONGEST_NAME = 255
const LONGEST_EMAIL = 255
const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 1024
// What a log-in form can hold; whether the address exists only a letter can tell.
const EMAIL = /^[^\s@]+@[^\s@]+$/

export interface NewUser {
  email: string
  name: string
  role: Role
  passwordHash: string
  createdAt: Date
  roleId?: RoleId | null | undefined
  groupId?: GroupId | null | undefined
}

export interface CreatedUser {
  id: UserId
  amojoId: AmojoId
  email: string
  role: Role
}

/** Answers undefined when the account already has somebody with this e-mail. */
export async function insertUser(tx: Tx, accountId: AccountId, user: NewUser): Promise<CreatedUser | undefined> {
  const row = await tx
    .insertInto('account_user')
    .values({
      account_id: accountId,
      // The chats API shows users by a UUID v4, so not our time-ordered ids.
      amojo_id: randomUUID() as string as AmojoId,
      email: user.email,
      name: user.name,
      role: user.role,
      password_hash: user.passwordHash,
      created_at: user.createdAt,
      role_id: user.role === 'admin' ? null : (user.roleId ?? null),
      group_id: user.groupId ?? null,
    })
    .onConflict((c) => c.columns(['account_id', 'email']).doNothing())
    .returning(['id', 'amojo_id', 'email', 'role'])
    .executeTakeFirst()
  return row && { id: row.id, amojoId: row.amojo_id, email: row.email, role: row.role }
}

/** E-mails are kept and compared in lower case. */
export function toEmail(given: string, field: string): string {
  const email = given.trim().toLowerCase()
  if (email.length > LONGEST_EMAIL) throw refuse(field, `must not be longer than ${LONGEST_EMAIL} characters`)
  if (!EMAIL.test(email) || email.includes('\0')) throw refuse(field, 'is not an e-mail address')
  return email
}

export function checkPassword(password: string, field: string): string {
  if (password.length < SHORTEST_PASSWORD) throw refuse(field, `must have at least ${SHORTEST_PASSWORD} characters`)
  if (password.length > LONGEST_PASSWORD) throw refuse(field, `must not be longer than ${LONGEST_PASSWORD} characters`)
  return password
}

export function toName(given: string, field: string): string {
  const name = given.trim()
  if (name === '' || name.includes('\0')) throw refuse(field, 'must not be empty')
  if (name.length > LONGEST_NAME) throw refuse(field, `must not be longer than ${LONGEST_NAME} characters`)
  return name
}

export function refuse(field: string, reason: string): AppError {
  return new AppError('invalid_request', `${field}: ${reason}.`, { details: { field } })
}
