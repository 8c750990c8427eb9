import type { AccountId, ChannelId } from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'

/**
 * The source that a chat's hooks and leads go by: the one its integration named, which stays for good; else whatever is the
 * channel's default at the time (spec 01 §4.5). Null when there is neither.
 * @param db a transaction, or the database
 * @param explicit `chat.source_external_id`
 */
export async function effectiveSource(
  db: Pick<Db, 'selectFrom'>,
  chat: { accountId: AccountId; channelId: ChannelId },
  explicit: string | null,
): Promise<string | null> {
  if (explicit !== null) return explicit
  const source = await db
    .selectFrom('source')
    .select('external_id')
    .where('account_id', '=', chat.accountId)
    .where('channel_id', '=', chat.channelId)
    .where('is_default', '=', true)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return source?.external_id ?? null
}
