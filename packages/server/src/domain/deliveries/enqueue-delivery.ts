import type { AccountId, ChannelId, ChatId, DeliveryId, MessageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { HookVersion } from '../../db/schema.ts'

export interface NewDelivery {
  /** UUID v7, made by the caller. It goes out as X-Request-Id, the same on every attempt. */
  id: DeliveryId
  accountId: AccountId
  chatId: ChatId
  channelId: ChannelId
  /** Whose way the hook is; null: it tells of a reaction, and no message changes by what becomes of it. */
  messageId: MessageId | null
  hookVersion: HookVersion
  /** The exact text; it never changes. */
  body: string
  now: Date
}

/**
 * Puts a hook into its chat's lane, in the transaction that stores what it tells of: both are kept or neither is.
 *
 * Order:  deliveries of a chat leave in the order in which their transactions lock the lane, which is commit order.
 * Locks:  the chat's lane row until the commit. Call it after chat_state is locked and before `appendEvents`.
 * After the commit the caller must call `deps.nudgeDeliveries()`.
 */
export async function enqueueMessageDelivery(tx: Tx, delivery: NewDelivery): Promise<void> {
  const { id, accountId, chatId, channelId, messageId, hookVersion, body, now } = delivery
  // A lane row is never deleted, and `due_at` is set exactly while a turn is unsettled: whoever settles the last one
  // sees this addition or is seen by it, since both change the same row.
  await sql`
    with lane as (
      insert into delivery_lane (account_id, chat_id, channel_id, last_turn, due_at)
      values (${accountId}, ${chatId}, ${channelId}, 1, ${now})
      on conflict (account_id, chat_id) do update set
        last_turn = delivery_lane.last_turn + 1,
        due_at = coalesce(delivery_lane.due_at, excluded.due_at)
      returning last_turn)
    insert into delivery (account_id, id, chat_id, channel_id, message_id, hook_version, turn, body, created_at, kind)
    select ${accountId}::int, ${id}::uuid, ${chatId}::uuid, ${channelId}::uuid, ${messageId}::uuid, ${hookVersion}::text,
      lane.last_turn, ${body}::text, ${now}::timestamptz,
      ${messageId === null ? 'reaction' : 'message'}::text
    from lane`.execute(tx)
}
