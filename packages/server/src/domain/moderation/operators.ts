import type { AccountId, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { accessChanged } from '../users/tell-people.ts'

export interface Operator {
  id: UserId
  accountId: AccountId
  email: string
  name: string
}

/** Who runs this server, of all accounts. */
export function listOperators(db: Db): Promise<Operator[]> {
  return db
    .selectFrom('account_user')
    .select(['id', 'account_id as accountId', 'email', 'name'])
    .where('is_operator', '=', true)
    .where('disabled_at', 'is', null)
    .orderBy('account_id')
    .orderBy('id')
    .limit(500)
    .execute()
}

interface Wish {
  email: string
  /** Whose user; absent: the only one with this e-mail. */
  accountId?: AccountId | undefined
  isOperator: boolean
}

/**
 * Makes a user an operator, or no longer one. Twice changes nothing.
 * @throws {AppError} `not_found`; `conflict`: several accounts have a user of this e-mail, and anybody can make one
 */
export async function setOperator(
  deps: Pick<Deps, 'db' | 'clock'> & Partial<Pick<Deps, 'nudge'>>,
  { email, accountId, isOperator }: Wish,
): Promise<Operator> {
  const operator = await findUser(deps.db, email, accountId)
  await deps.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('account_user')
      .set({ is_operator: isOperator })
      .where('account_id', '=', operator.accountId)
      .where('id', '=', operator.id)
      .where('is_operator', '<>', isOperator)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const target = { kind: 'user', id: operator.id, name: operator.name } as const
    const action = isOperator ? 'operator.added' : 'operator.removed'
    const actor = { accountId: operator.accountId, userId: null, address: null }
    await appendAudit(tx, actor, { at: deps.clock.now(), action, target })
    await appendEvents(tx, operator.accountId, accessChanged([operator.id], null))
  })
  deps.nudge?.(operator.accountId)
  return operator
}

async function findUser(db: Db, email: string, accountId: AccountId | undefined): Promise<Operator> {
  const found = await db
    .selectFrom('account_user')
    .select(['id', 'account_id as accountId', 'email', 'name'])
    .where('email', '=', email.trim().toLowerCase())
    .where('disabled_at', 'is', null)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', accountId!))
    .orderBy('account_id')
    .limit(20)
    .execute()
  const [only, ...more] = found
  if (!only) throw new AppError('not_found', `email: there is no user ${email}.`, { details: { field: 'email' } })
  if (more.length > 0) {
    const accounts = found.map((one) => one.accountId).join(', ')
    throw new AppError('conflict', `accountId: ${email} works in the accounts ${accounts}. Name one.`, {
      details: { field: 'accountId' },
    })
  }
  return only
}
