import type { Account, ChangeAccountRequest } from '@parley/protocol/model'
import { appendEvents } from '../../events/append-events.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { getAccount } from './account-queries.ts'

const FIELDS = ['name', 'timeZone', 'currency', 'language'] as const

/** What a company is called, where it is and what it counts in; everybody's screens follow at once. */
export async function changeAccount(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor,
  patch: ChangeAccountRequest,
): Promise<Account> {
  const { accountId } = actor
  const account = await deps.db.transaction().execute(async (tx) => {
    const before = await getAccount(tx, accountId)
    const given = Object.fromEntries(
      FIELDS.flatMap((field) => (patch[field] === undefined ? [] : [[field, patch[field]]])),
    )
    const after: Account = { ...before, ...given }
    const changed = FIELDS.filter((field) => before[field] !== after[field])
    if (changed.length === 0) return before
    await tx
      .updateTable('account')
      .set({ name: after.name, time_zone: after.timeZone, currency: after.currency, language: after.language })
      .where('id', '=', accountId)
      .execute()
    const details = Object.fromEntries(changed.map((field) => [field, { before: before[field], after: after[field] }]))
    const target = { kind: 'account', id: accountId, name: after.name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'account.changed', target, details })
    await appendEvents(
      tx,
      accountId,
      ['account', 'me'].map((topic) => ({ type: 'settings.changed', topic, actorId: actor.userId })),
    )
    return after
  })
  deps.nudge(accountId)
  return account
}
