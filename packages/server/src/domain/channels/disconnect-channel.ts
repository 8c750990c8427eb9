import type { AmojoId } from '@parley/protocol/model'
import { appendEvents } from '../../events/append-events.ts'
import { appendAudit } from '../audit/append-audit.ts'
import { endDeliveriesOf } from '../deliveries/end-deliveries.ts'
import type { Deps } from '../deps.ts'
import { type Channel, forgetScope, scopeIdOf } from './channel-registry.ts'
import type { ConnectedBy } from './connect-channel.ts'

type DisconnectDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'nudgeDeliveries'>

/**
 * Ends a channel's connection to an account: its scope is unknown from now on, and hooks that still wait are given up.
 * Chats and messages stay. An account that is not connected, or not there at all, is none to disconnect: nothing happens.
 */
export async function disconnectChannel(
  deps: DisconnectDeps,
  { id, name }: Pick<Channel, 'id' | 'name'>,
  amojoId: AmojoId,
  by: ConnectedBy,
): Promise<void> {
  const now = deps.clock.now()
  const accountId = await deps.db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('connection as n')
      .from('account as a')
      .set({ disconnected_at: now })
      .whereRef('a.id', '=', 'n.account_id')
      .where('a.amojo_id', '=', amojoId)
      .where('n.channel_id', '=', id)
      .where('n.disconnected_at', 'is', null)
      .returning(['n.account_id', 'n.title'])
      .executeTakeFirst()
    if (!ended) return undefined
    await endDeliveriesOf(tx, { accountId: ended.account_id, channelId: id })
    const entry = { at: now, action: 'channel.disconnected', target: { kind: 'channel', id, name } } as const
    await appendAudit(tx, { accountId: ended.account_id, ...by }, { ...entry, details: { title: ended.title } })
    await appendEvents(tx, ended.account_id, [{ type: 'connection.changed' }])
    return ended.account_id
  })
  forgetScope(deps, scopeIdOf(id, amojoId))
  if (accountId === undefined) return
  deps.nudge(accountId)
  deps.nudgeDeliveries()
}
