import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Actor } from '../audit/append-audit.ts'

/** Screens that show the account's integrations read them again. Locks the account's counter: the last thing of a transaction. */
export async function tellAccount(tx: Tx, { accountId, userId }: Pick<Actor, 'accountId' | 'userId'>): Promise<void> {
  await appendEvents(tx, accountId, [{ type: 'settings.changed', topic: 'integrations', actorId: userId }])
}
