import type { Account, AccountId } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'

/** For the operator: all accounts of this installation, oldest first. */
export async function listAccounts(db: Db): Promise<Account[]> {
  const rows = await db.selectFrom('account').selectAll().orderBy('id').execute()
  return rows.map(toAccount)
}

/** @throws {AppError} `not_found` */
export async function getAccount(db: Db, accountId: AccountId): Promise<Account> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', accountId).executeTakeFirst()
  if (!row) throw new AppError('not_found', `There is no account ${accountId}.`)
  return toAccount(row)
}

/** @throws {Error} when there is no such account: a bug */
export async function getCreatedAt(db: Db, accountId: AccountId): Promise<Date> {
  const query = db.selectFrom('account').select('created_at').where('id', '=', accountId)
  return (await query.executeTakeFirstOrThrow()).created_at
}

export async function findAccountBySubdomain(db: Db, subdomain: string): Promise<Account | undefined> {
  const row = await db.selectFrom('account').selectAll().where('subdomain', '=', subdomain).executeTakeFirst()
  return row && toAccount(row)
}

export function toAccount(row: Selectable<Schema['account']>): Account {
  return {
    id: row.id,
    name: row.name,
    subdomain: row.subdomain,
    amojoId: row.amojo_id,
    timeZone: row.time_zone,
    currency: row.currency,
    language: row.language,
  }
}
