import type { AccountId, ChannelId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'

interface WhichLanes {
  channelId: ChannelId
  /** Absent: of all accounts. */
  accountId?: AccountId
}

/** What waits for a channel is due now, in order per chat, and its schedule of tries begins anew. Locks the lanes, in order. */
export async function hastenLanes(tx: Tx, { channelId, accountId }: WhichLanes, now: Date): Promise<void> {
  const ofAccount = accountId === undefined ? sql`true` : sql`account_id = ${accountId}`
  await sql`
    with locked as materialized (
      select account_id, chat_id from delivery_lane
      where channel_id = ${channelId} and due_at is not null and ${ofAccount}
      order by account_id, chat_id for update)
    update delivery_lane l set due_at = least(l.due_at, ${now}), failures = 0 from locked
    where l.account_id = locked.account_id and l.chat_id = locked.chat_id`.execute(tx)
}
