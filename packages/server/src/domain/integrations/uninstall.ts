import type { AccountId, IntegrationId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { notFound } from './integration-queries.ts'
import { tellAccount } from './tell-account.ts'

/** What an integration is told of an account that put it out. */
export interface Uninstalled {
  id: IntegrationId
  uninstall_url: string | null
  secret_sealed: Buffer
  accountId: AccountId
}

/** Tells it once, in passing, where it has an address for that. */
export type TellUninstalled = (uninstalled: Uninstalled) => void

/**
 * Takes an integration's leave away: its codes and tokens of this account are refused from now on.
 * @throws {AppError} `not_found`: it is not installed here
 */
export async function uninstall(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'> & { tellUninstalled: TellUninstalled },
  actor: Actor,
  id: IntegrationId,
): Promise<void> {
  const told = await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('integration_grant as g')
      .innerJoin('integration as i', 'i.id', 'g.integration_id')
      .select(['i.id', 'i.name', 'i.uninstall_url', 'i.secret_sealed'])
      .where('g.account_id', '=', actor.accountId)
      .where('g.integration_id', '=', id)
      .executeTakeFirst()
    if (!row) throw notFound()
    await uninstallIn(tx, actor, row, deps.clock.now())
    await tellAccount(tx, actor)
    return row
  })
  deps.tellUninstalled({ ...told, accountId: actor.accountId })
  deps.nudge(actor.accountId)
}

/** The same within the caller's transaction, for one account. */
export async function uninstallIn(
  tx: Tx,
  actor: Actor,
  { id, name }: { id: IntegrationId; name: string },
  at: Date,
): Promise<void> {
  const { accountId } = actor
  await tx
    .deleteFrom('integration_grant')
    .where('account_id', '=', accountId)
    .where('integration_id', '=', id)
    .execute()
  await tx
    .deleteFrom('authorization_code')
    .where('account_id', '=', accountId)
    .where('integration_id', '=', id)
    .execute()
  await tx
    .updateTable('token_family')
    .set({ ended_at: at })
    .where('account_id', '=', accountId)
    .where('integration_id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  await appendAudit(tx, actor, { at, action: 'integration.uninstalled', target: { kind: 'integration', id, name } })
}
