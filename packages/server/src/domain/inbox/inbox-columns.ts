import { stateSql } from '../chats/chat-state.ts'

/** The name of the follower that keeps the tables of this room. */
export const INBOX_FOLLOWER = 'inbox'

/** What chats are counted by, in the order of the counters' keys. */
export const CELL_COLUMNS =
  'state, responsible_user_id, pipeline_id, stage_id, channel_id, source, is_unread, is_waiting'

/** The columns of `inbox_chat` after account_id. */
export const CHAT_COLUMNS = `chat_id, activity_minute, activity_at, waiting_minute, waiting_since, state, is_unread,
  responsible_user_id, channel_id, source, pipeline_id, stage_id, tag_ids, snoozed_until`

/** The rows of `inbox_chat` as they ought to be, of some of an account's ($1) chats: those whose ids are in $2. */
export const truthOfSomeSql = truthSql({
  chats: 'and s.chat_id = any ($2::uuid[])',
  tags: 'array(select t.tag_id from lead_tag t where t.account_id = l.account_id and t.lead_id = l.id order by t.tag_id)',
})

/** The same of all its chats; in one pass over each table, however many there are. */
export const truthOfAllSql = truthSql({
  tags: "coalesce(t.tag_ids, '{}')",
  join: `left join (
    select lead_id, array_agg(tag_id order by tag_id) as tag_ids from lead_tag where account_id = $1 group by lead_id
  ) t on t.lead_id = l.id`,
})

interface Truth {
  /** Narrows `s`, the counters of the chats. */
  chats?: string
  /** The tags of the lead `l`. */
  tags: string
  join?: string
}

/** From the tables that are true. A chat that no message makes visible has no row. */
function truthSql({ chats = '', tags, join = '' }: Truth): string {
  return `
  select s.chat_id, s.activity_minute, s.activity_at,
    floor(extract(epoch from s.waiting_since) / 60)::int as waiting_minute, s.waiting_since,
    s.state, s.unread > 0 as is_unread, coalesce(l.responsible_user_id, 0) as responsible_user_id, c.channel_id,
    coalesce(c.source_external_id, '') as source, coalesce(l.pipeline_id, 0) as pipeline_id, coalesce(l.stage_id, 0) as stage_id,
    ${tags} as tag_ids,
    case when s.state = 1 then s.snoozed_until end as snoozed_until
  from (
    select s.*, ${stateSql('s')} as state from chat_state s
    where s.account_id = $1 and s.activity_minute is not null ${chats}
  ) s
  join chat c on c.account_id = s.account_id and c.id = s.chat_id
  left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
  ${join}`
}

/** The cell a row of `inbox_chat` counts in. */
export const cellOf = (row: string): string =>
  `${row}.state, ${row}.responsible_user_id, ${row}.pipeline_id, ${row}.stage_id, ${row}.channel_id, ${row}.source,
   ${row}.is_unread, ${row}.waiting_since is not null as is_waiting`
