import type { AccountId, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { keepAnAdmin, lockUser } from './change-user.ts'
import { accessChanged, settingsChanged } from './tell-people.ts'

type UserDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/**
 * Switches a user off: the sessions, tokens and keys are gone, open screens end at once, nobody gets a log-in any more. What was written
 * stays, and what the person was responsible for, until it is handed over. Switched off already: changes nothing.
 * @throws {AppError} `not_found`; `conflict`: the last admin, or oneself
 */
export async function disableUser(deps: UserDeps, actor: Actor, userId: UserId): Promise<void> {
  const { accountId } = actor
  if (userId === actor.userId)
    throw new AppError('conflict', 'Nobody switches himself off. Ask another admin to do it.')
  await deps.db.transaction().execute(async (tx) => {
    await keepAnAdmin(tx, accountId, userId)
    const { name } = await lockUser(tx, accountId, userId)
    const now = deps.clock.now()
    if (!(await setDisabled(tx, accountId, userId, now))) return
    await closeDoors(tx, accountId, userId)
    const target = { kind: 'user', id: userId, name } as const
    await appendAudit(tx, actor, { at: now, action: 'user.disabled', target })
    await tell(tx, actor, userId)
  })
  deps.nudge(accountId)
}

/** He logs in anew. @throws {AppError} `not_found` */
export async function enableUser(deps: UserDeps, actor: Actor, userId: UserId): Promise<void> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const { name } = await lockUser(tx, accountId, userId)
    if (!(await setDisabled(tx, accountId, userId, null))) return
    const target = { kind: 'user', id: userId, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'user.enabled', target })
    await tell(tx, actor, userId)
  })
  deps.nudge(accountId)
}

/** Everything somebody could come in with: sessions, tokens, keys, links and log-ins half done. The password stays. */
export async function closeDoors(tx: Tx, accountId: AccountId, userId: UserId): Promise<void> {
  for (const table of ['user_session', 'api_token', 'api_key', 'password_reset', 'log_in_step'] as const) {
    await tx.deleteFrom(table).where('account_id', '=', accountId).where('user_id', '=', userId).execute()
  }
}

async function setDisabled(tx: Tx, accountId: AccountId, userId: UserId, at: Date | null): Promise<boolean> {
  const row = await tx
    .updateTable('account_user')
    .set({ disabled_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('disabled_at', at === null ? 'is not' : 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Lists of groups and roles name who is in them and works here. */
async function tell(tx: Tx, { accountId, userId: by }: Actor, userId: UserId): Promise<void> {
  const topics = (['users', 'groups', 'roles'] as const).map((topic) => settingsChanged(topic, by))
  await appendEvents(tx, accountId, [...topics, ...accessChanged([userId], by)])
}
