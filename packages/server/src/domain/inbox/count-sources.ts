import type { AccountId, ChannelId, SourceUse } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'

/** The latest conversation of each state, by the index that begins as `where` does. */
const lastSql = (where: string) => `
  (select max(x.activity_at) from unnest('{0,1,2}'::smallint[]) as st (state) cross join lateral (
     select i.activity_at from inbox_chat i
     where i.account_id = $1 and ${where} and i.state = st.state
     order by i.activity_minute desc limit 1) x)`

const selectUse = statementsOf('inbox')(
  'source_use',
  `with cell as (
     select channel_id, source, sum(n)::int as chats from inbox_count
     where account_id = $1 group by channel_id, source having sum(n) > 0)
   select channel_id, null as source, sum(chats)::int as chats,
     ${lastSql('i.channel_id = cell.channel_id')} as last_at
   from cell group by channel_id
   union all
   select channel_id, source, chats,
     ${lastSql("i.source = cell.source and i.source <> '' and i.channel_id = cell.channel_id")}
   from cell where source <> ''
   order by channel_id, source nulls first`,
)

interface UseRow {
  channel_id: ChannelId
  source: string | null
  chats: number
  last_at: Date | null
}

/** What came by each channel as a whole (`externalId` null), and by each of its sources; those that nobody wrote to are left out. */
export async function countSources(client: Runner, accountId: AccountId): Promise<SourceUse[]> {
  const rows = await run<UseRow>(client, selectUse, [accountId])
  return rows.map(({ channel_id, source, chats, last_at }) => ({
    channelId: channel_id,
    externalId: source,
    chats,
    lastActivityAt: last_at?.getTime() ?? null,
  }))
}
