import { randomUUID } from 'node:crypto'
import type { AccountId, AmojoId, Language } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { insertFirstPipeline } from './insert-pipeline.ts'
import { type CreatedUser, checkPassword, insertUser, refuse, toEmail, toName } from './insert-user.ts'
import { hashPassword, type PasswordCost } from './password-hash.ts'

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/
const SHORTEST_SUBDOMAIN = 3
const LONGEST_SUBDOMAIN = 63

export interface AccountRequest {
  name: string
  subdomain: string
  ownerEmail: string
  ownerPassword: string
  /** Absent: what stands before the @ of the e-mail. */
  ownerName?: string
  /** Absent: UTC. */
  timeZone?: string | undefined
  language?: Language | undefined
  /** Of whoever signs up; absent: the operator does it. */
  address?: string
}

export interface CreatedAccount {
  id: AccountId
  subdomain: string
  amojoId: AmojoId
  owner: Pick<CreatedUser, 'id' | 'amojoId' | 'email'>
}

type AccountDeps = Pick<Deps, 'db' | 'clock'> & { passwordCost?: PasswordCost }

/**
 * Opens an account with its first admin and a main pipeline.
 * @throws {AppError} `invalid_request` names the field; `conflict` when the subdomain is taken
 */
export async function createAccount(deps: AccountDeps, request: AccountRequest): Promise<CreatedAccount> {
  const name = toName(request.name, 'name')
  const subdomain = checkSubdomain(request.subdomain)
  const email = toEmail(request.ownerEmail, 'ownerEmail')
  const ownerName = toName(request.ownerName ?? email.slice(0, email.indexOf('@')), 'ownerName')
  // Before the transaction: it takes tens of milliseconds, and no lock should wait for it.
  const passwordHash = await hashPassword(checkPassword(request.ownerPassword, 'ownerPassword'), deps.passwordCost)
  const createdAt = deps.clock.now()

  return deps.db.transaction().execute(async (tx) => {
    const account = await insertAccount(tx, { ...request, name, subdomain, createdAt })
    const owner = await insertUser(tx, account.id, { email, name: ownerName, role: 'admin', passwordHash, createdAt })
    if (!owner) throw new Error('A new account already has a user.')
    await insertFirstPipeline(tx, account.id, request.language ?? null)
    const actor = { accountId: account.id, userId: null, address: request.address ?? null }
    const accountTarget = { kind: 'account', id: account.id, name } as const
    const ownerTarget = { kind: 'user', id: owner.id, name: ownerName } as const
    await appendAudit(
      tx,
      actor,
      { at: createdAt, action: 'account.made', target: accountTarget },
      { at: createdAt, action: 'user.made', target: ownerTarget, details: { role: 'admin' } },
    )
    const { id, amojoId } = owner
    return { id: account.id, subdomain, amojoId: account.amojo_id, owner: { id, amojoId, email } }
  })
}

/** @throws {AppError} `invalid_request` */
export function checkSubdomain(subdomain: string): string {
  const { length } = subdomain
  if (length < SHORTEST_SUBDOMAIN || length > LONGEST_SUBDOMAIN) {
    throw refuse('subdomain', `must have ${SHORTEST_SUBDOMAIN} to ${LONGEST_SUBDOMAIN} characters`)
  }
  if (!SUBDOMAIN.test(subdomain)) {
    throw refuse('subdomain', 'may hold only a-z, 0-9 and -, and neither begins nor ends with -')
  }
  return subdomain
}

type NewAccount = Pick<AccountRequest, 'name' | 'subdomain' | 'timeZone' | 'language'> & { createdAt: Date }

async function insertAccount(tx: Tx, account: NewAccount) {
  const row = await tx
    .insertInto('account')
    .values({
      name: account.name,
      subdomain: account.subdomain,
      // The chats API shows accounts by a UUID v4, so not our time-ordered ids.
      amojo_id: randomUUID() as string as AmojoId,
      created_at: account.createdAt,
      ...(account.timeZone !== undefined && { time_zone: account.timeZone }),
      language: account.language ?? null,
    })
    .onConflict((c) => c.column('subdomain').doNothing())
    .returning(['id', 'amojo_id'])
    .executeTakeFirst()
  if (!row) {
    throw new AppError('conflict', `subdomain: ${account.subdomain} is taken.`, { details: { field: 'subdomain' } })
  }
  await tx.insertInto('account_seq').values({ account_id: row.id }).execute()
  return row
}
