import type { AccountId, WorkingHours } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'

/** Null: every hour is one. */
export async function getWorkingHours(db: Db, accountId: AccountId): Promise<WorkingHours | null> {
  const row = await db
    .selectFrom('account')
    .select('working_hours')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return row.working_hours
}

/** When the account's people work: waits are counted by them from now on. */
export async function setWorkingHours(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  hours: WorkingHours | null,
): Promise<WorkingHours | null> {
  const { accountId } = actor
  await deps.db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom('account')
      .select(['name', 'working_hours'])
      .where('id', '=', accountId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('account')
      .set({ working_hours: hours && JSON.stringify(hours) })
      .where('id', '=', accountId)
      .execute()
    const target = { kind: 'account', id: accountId, name: account.name } as const
    const details = { workingHours: { before: account.working_hours, after: hours } }
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'account.changed', target, details })
    await appendEvents(tx, accountId, [{ type: 'settings.changed', topic: 'working-hours', actorId: actor.userId }])
  })
  deps.nudge(accountId)
  return hours
}
