import type { AccountId, ChannelId } from '@parley/protocol/model'
import type pg from 'pg'
import { run, statementsOf } from '../../../db/statement.ts'
import type { NewNotice } from '../new-notice.ts'

const selectFailing = statementsOf('notifications')(
  'failing_channels',
  `select n.channel_id, h.failing_since from connection n
   join channel_health h on h.channel_id = n.channel_id and h.failing_since is not null and h.mailed_at is not null
   where n.account_id = $1 and n.disconnected_at is null`,
)

/** A channel does not take messages: told once each time it begins. */
export async function noticesOfChannels(client: pg.ClientBase, accountId: AccountId): Promise<NewNotice[]> {
  const rows = await run<{ channel_id: ChannelId; failing_since: Date }>(client, selectFailing, [accountId])
  return rows.map(({ channel_id: channelId, failing_since: since }) => ({
    kind: 'channel_failing',
    fact: `failing:${channelId}:${since.getTime()}`,
    targetId: null,
    actorId: null,
    channelId,
  }))
}
