import type { AccountId, RecoveryCodes, Security, UserId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit, type NewAuditEntry } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { lockUser } from '../users/change-user.ts'
import { settingsChanged, settingsChangedFor } from '../users/tell-people.ts'
import type { Viewer } from '../users/viewer.ts'
import { listFactors } from './log-in.ts'
import { listPasskeys } from './passkeys.ts'
import { dropRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import { takeCode } from './totp.ts'

type FactorDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'secretBox'>

export async function getSecurity(db: Db, accountId: AccountId, userId: UserId): Promise<Security> {
  const [user, totp, codes, passkeys] = await Promise.all([
    db
      .selectFrom('account_user')
      .select('password_changed_at')
      .where('account_id', '=', accountId)
      .where('id', '=', userId)
      .executeTakeFirst(),
    db
      .selectFrom('user_totp')
      .select('confirmed_at')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .executeTakeFirst(),
    db
      .selectFrom('recovery_code')
      .select('code_hash')
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .where('used_at', 'is', null)
      .execute(),
    listPasskeys(db, accountId, userId),
  ])
  return {
    passwordChangedAt: user?.password_changed_at?.getTime() ?? null,
    codesSince: totp?.confirmed_at?.getTime() ?? null,
    recoveryCodesLeft: codes.length,
    passkeys,
  }
}

/**
 * The first code of the authenticator app: from now on codes are asked for. The first second factor comes with recovery codes.
 * @throws {AppError} `invalid_request`: the code is wrong
 */
export async function confirmTotp(deps: FactorDeps, actor: Actor, me: Viewer, code: string): Promise<RecoveryCodes> {
  const who = { accountId: me.account.id, userId: me.user.id }
  const codes = await deps.db.transaction().execute(async (tx) => {
    const isFirst = (await listFactors(tx, who.accountId, who.userId)).length === 0
    if (!(await takeCode(tx, deps, who, code, 'begun')))
      throw new AppError('invalid_request', 'code: this is not the code the app shows now.', {
        details: { field: 'code' },
      })
    const now = deps.clock.now()
    await appendAudit(tx, actor, { at: now, action: 'totp.turned_on', target: targetOf(me.user) })
    await appendEvents(tx, who.accountId, changesOf(who.userId, actor))
    return isFirst ? makeRecoveryCodes(tx, who.accountId, who.userId, now) : []
  })
  deps.nudge(who.accountId)
  return { codes }
}

/** With the last second factor the recovery codes go, too. */
export async function turnTotpOff(deps: FactorDeps, actor: Actor, me: Viewer): Promise<void> {
  const who = { accountId: me.account.id, userId: me.user.id }
  await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .deleteFrom('user_totp')
      .where('account_id', '=', who.accountId)
      .where('user_id', '=', who.userId)
      .returning('confirmed_at')
      .executeTakeFirst()
    if ((await listFactors(tx, who.accountId, who.userId)).length === 0)
      await dropRecoveryCodes(tx, who.accountId, who.userId)
    if (!row?.confirmed_at) return
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'totp.turned_off', target: targetOf(me.user) })
    await appendEvents(tx, who.accountId, changesOf(who.userId, actor))
  })
  deps.nudge(who.accountId)
}

/** New ones instead of those before. @throws {AppError} `conflict`: there is nothing they could stand in for */
export async function renewRecoveryCodes(deps: FactorDeps, actor: Actor, me: Viewer): Promise<RecoveryCodes> {
  const who = { accountId: me.account.id, userId: me.user.id }
  const codes = await deps.db.transaction().execute(async (tx) => {
    if ((await listFactors(tx, who.accountId, who.userId)).length === 0)
      throw new AppError('conflict', 'Turn on codes or add a passkey first: recovery codes stand in for them.')
    const now = deps.clock.now()
    await appendAudit(tx, actor, { at: now, action: 'recovery_codes.made', target: targetOf(me.user) })
    await appendEvents(tx, who.accountId, changesOf(who.userId, actor))
    return makeRecoveryCodes(tx, who.accountId, who.userId, now)
  })
  deps.nudge(who.accountId)
  return { codes }
}

/**
 * For somebody who lost phone, passkeys and recovery codes: an admin takes the second step away.
 * @throws {AppError} `not_found`
 */
export async function dropSecondFactor(deps: FactorDeps, actor: Actor, userId: UserId): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const user = await lockUser(tx, accountId, userId)
    const factors = await listFactors(tx, accountId, userId)
    for (const table of ['user_totp', 'passkey', 'recovery_code', 'log_in_step'] as const)
      await tx.deleteFrom(table).where('account_id', '=', accountId).where('user_id', '=', userId).execute()
    const entries = factors.map((factor): NewAuditEntry => {
      const action = factor === 'code' ? 'totp.turned_off' : 'passkey.removed'
      return { at: deps.clock.now(), action, target: targetOf(user) }
    })
    await appendAudit(tx, actor, ...entries)
    await appendEvents(tx, accountId, changesOf(userId, actor))
  })
  deps.nudge(accountId)
}

const targetOf = ({ id, name }: { id: UserId; name: string }) => ({ kind: 'user', id, name }) as const

/** The user's own page, and the admins' list. */
const changesOf = (userId: UserId, { userId: by }: Actor) => [
  settingsChangedFor(userId, 'security', by),
  settingsChanged('users', by),
]
