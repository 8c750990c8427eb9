import type { AccountId, ChannelId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'

/**
 * For a disconnect, in its transaction: what waits for the connection is due since the epoch, and the job will give it up
 * with the reason, even while the channel is switched off. After the commit the caller must call `deps.nudgeDeliveries()`.
 */
export async function endDeliveriesOf(
  tx: Tx,
  { accountId, channelId }: { accountId: AccountId; channelId: ChannelId },
): Promise<void> {
  await sql`
    with locked as materialized (
      select chat_id from delivery_lane
      where account_id = ${accountId} and channel_id = ${channelId} and due_at is not null
      order by chat_id for update)
    update delivery_lane l set due_at = 'epoch' from locked
    where l.account_id = ${accountId} and l.chat_id = locked.chat_id`.execute(tx)
}
