import type { AccountId, ChatId, EventType, LeadId } from '@parley/protocol/model'
import type pg from 'pg'
import { run, statementsOf } from '../../db/statement.ts'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import { CELL_COLUMNS, CHAT_COLUMNS, cellOf, INBOX_FOLLOWER, truthOfAllSql, truthOfSomeSql } from './inbox-columns.ts'

/**
 * Keeps what lists of chats are filtered, ordered and counted by. Nobody else writes these tables, and one account is
 * followed by one at a time: so a counter is always the number of rows that are in its cell, and changes with them.
 *
 * `tellCounts` is called after the commit for an account whose counters may be different now.
 */
export function inboxFollower(tellCounts: (accountId: AccountId) => void): Follower {
  const changed = new Set<AccountId>()
  const zerosOf = new Map<AccountId, number>()
  return {
    name: INBOX_FOLLOWER,
    restMs: 25,
    async begin(client, accountId) {
      changed.add(accountId)
      // Everything of an account, once: the very opposite of what this pool's plans are for. What nobody has counted yet
      // (an import, an update) must not be looked up row by row.
      await client.query(planFor('on', 'off', 'auto'))
      for (const statement of [...CLEAR, ...FILL]) await client.query(statement, [accountId])
      await client.query(planFor('default', 'default', 'default'))
    },
    async handle(client, accountId, events) {
      const chatIds = await touchedChats(client, accountId, events)
      if (chatIds.length === 0) return
      let sum = zerosOf.get(accountId) ?? 0
      for (let start = 0; start < chatIds.length; start += AT_ONCE) {
        const { isChanged, zeros } = await refreshChats(client, accountId, chatIds.slice(start, start + AT_ONCE))
        if (isChanged) changed.add(accountId)
        sum += zeros
      }
      if (sum > ZEROS_KEPT)
        for (const statement of [clearZeros, clearTagZeros]) await run(client, statement, [accountId])
      zerosOf.set(accountId, sum > ZEROS_KEPT ? 0 : sum)
    },
    afterCommit(accountId) {
      if (changed.delete(accountId)) tellCounts(accountId)
    },
  }
}

/** Chats in one statement; only a tag that goes touches more. */
const AT_ONCE = 500

/** Events that change nothing a list is filtered or ordered by. */
const BESIDE_THE_POINT: ReadonlySet<EventType> = new Set([
  'message.status_changed',
  'message.edited',
  'message.reacted',
  'message.updated',
  'notification.created',
  'notification.read',
])

async function touchedChats(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<ChatId[]> {
  const chatIds = new Set<ChatId>()
  const leadIds = new Set<LeadId>()
  for (const event of events) {
    if (BESIDE_THE_POINT.has(event.type)) continue
    if (event.chat_id !== null) chatIds.add(event.chat_id)
    else if (event.lead_id !== null) leadIds.add(event.lead_id)
  }
  if (leadIds.size > 0) {
    const rows = await run<{ chat_id: ChatId }>(client, selectChatsOfLeads, [accountId, [...leadIds]])
    for (const { chat_id } of rows) chatIds.add(chat_id)
  }
  // A tag that is gone, or was merged into another, changes leads without an event for each.
  if (events.some(({ topic }) => topic === 'tags')) {
    const rows = await run<{ chat_id: ChatId }>(client, selectChatsOfLostTags, [accountId])
    for (const { chat_id } of rows) chatIds.add(chat_id)
  }
  return [...chatIds].sort()
}

interface Refreshed {
  /** How many of the chats are visible. */
  found: number
  /** Whether any counter changed. */
  counted: number
  zeros: number
}

/** Counters that have come to zero are swept out when there are about so many of them: looking for them costs more than they do. */
const ZEROS_KEPT = 1000

async function refreshChats(
  client: pg.ClientBase,
  accountId: AccountId,
  chatIds: readonly ChatId[],
): Promise<{ isChanged: boolean; zeros: number }> {
  const [refreshed] = await run<Refreshed>(client, refresh, [accountId, chatIds])
  if (!refreshed) throw new Error('The lists of chats could not be refreshed.')
  const { found, counted, zeros } = refreshed
  // Hardly ever: a chat whose last message is gone, or the whole of it.
  const removed = found < chatIds.length ? (await run(client, removeGone, [accountId, chatIds])).length : 0
  return { isChanged: counted > 0 || removed > 0, zeros: zeros + removed }
}

const statement = statementsOf('inbox')

const selectChatsOfLeads = statement(
  'chats_of_leads',
  'select distinct chat_id from talk where account_id = $1 and lead_id = any ($2::bigint[])',
)

const selectChatsOfLostTags = statement(
  'chats_of_lost_tags',
  `select distinct t.chat_id from inbox_tag t
   where t.account_id = $1
     and t.tag_id = any (array(
       select distinct c.tag_id from inbox_tag_count c
       where c.account_id = $1 and not exists (select 1 from tag where tag.account_id = $1 and tag.id = c.tag_id)))`,
)

/** Adds `moves` (a query of cells, each with the `d` it changes by) to the counters. */
const countSql = (table: string, key: string, moves: string) => `
  insert into ${table} (account_id, ${key}, n)
  select $1::int, ${key}, sum(d)::int from (${moves}) moves group by ${key} having sum(d) <> 0
  on conflict (account_id, ${key}) do update set n = ${table}.n + excluded.n
  returning n`

const TAG_KEY = `tag_id, ${CELL_COLUMNS}`
const tagsOf = (rows: string, d: number) =>
  `select tag_id, ${cellOf('x')}, ${d} as d from ${rows} x cross join lateral unnest(x.tag_ids) as t (tag_id)`

const refresh = statement(
  'refresh',
  `with now as materialized (${truthOfSomeSql}),
   old as materialized (
     select i.* from now join inbox_chat i on i.account_id = $1 and i.chat_id = now.chat_id),
   put as (
     insert into inbox_chat as i (account_id, ${CHAT_COLUMNS})
     select $1::int, ${CHAT_COLUMNS} from now order by chat_id
     on conflict (account_id, chat_id) do update set (${CHAT_COLUMNS}) = row (${CHAT_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')})
     where row (${CHAT_COLUMNS.replaceAll(/\w+/g, 'i.$&')}) is distinct from row (${CHAT_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')})),
   untagged as (
     delete from inbox_tag t using (
       select old.chat_id, tag_id from old join now using (chat_id) cross join lateral unnest(old.tag_ids) as x (tag_id)
       where tag_id <> all (now.tag_ids)) gone
     where t.account_id = $1 and t.tag_id = gone.tag_id and t.chat_id = gone.chat_id),
   tagged as (
     insert into inbox_tag as t (account_id, tag_id, chat_id, state, activity_minute)
     select $1::int, tag_id, chat_id, state, activity_minute from now cross join lateral unnest(now.tag_ids) as x (tag_id)
     on conflict (account_id, tag_id, chat_id) do update set state = excluded.state, activity_minute = excluded.activity_minute
     where (t.state, t.activity_minute) is distinct from (excluded.state, excluded.activity_minute)),
   counted as (${countSql(
     'inbox_count',
     CELL_COLUMNS,
     `select ${cellOf('old')}, -1 as d from old union all select ${cellOf('now')}, 1 from now`,
   )}),
   tags_counted as (${countSql('inbox_tag_count', TAG_KEY, `${tagsOf('old', -1)} union all ${tagsOf('now', 1)}`)}),
   results as (select n from counted union all select n from tags_counted)
   select (select count(*)::int from now) as found, count(*)::int as counted, (count(*) filter (where n = 0))::int as zeros
   from results`,
)

const removeGone = statement(
  'remove_gone',
  `with gone as (
     delete from inbox_chat i
     where i.account_id = $1 and i.chat_id = any ($2::uuid[]) and not exists (
       select 1 from chat_state s
       join chat c on c.account_id = s.account_id and c.id = s.chat_id
       where s.account_id = i.account_id and s.chat_id = i.chat_id and s.activity_minute is not null)
     returning i.*),
   untagged as (delete from inbox_tag t using gone
     where t.account_id = $1 and t.tag_id = any (gone.tag_ids) and t.chat_id = gone.chat_id),
   counted as (${countSql('inbox_count', CELL_COLUMNS, `select ${cellOf('gone')}, -1 as d from gone`)}),
   tags_counted as (${countSql('inbox_tag_count', TAG_KEY, tagsOf('gone', -1))})
   select chat_id from gone`,
)

const clearZeros = statement('clear_zeros', 'delete from inbox_count where account_id = $1 and n = 0')
const clearTagZeros = statement('clear_tag_zeros', 'delete from inbox_tag_count where account_id = $1 and n = 0')

const planFor = (passes: string, lookUps: string, mode: string) =>
  [
    ...['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'].map((name) => `set local ${name} = ${passes}`),
    `set local enable_nestloop = ${lookUps}`,
    `set local plan_cache_mode = ${mode}`,
  ].join('; ')

/** What a cursor that was taken away has left behind. */
const CLEAR = ['inbox_chat', 'inbox_tag', 'inbox_count', 'inbox_tag_count'].map(
  (table) => `delete from ${table} where account_id = $1`,
)

/** Each reads what the one before has written. */
const FILL = [
  `insert into inbox_chat (account_id, ${CHAT_COLUMNS}) select $1::int, ${CHAT_COLUMNS} from (${truthOfAllSql}) now`,
  `insert into inbox_tag (account_id, tag_id, chat_id, state, activity_minute)
   select account_id, tag_id, chat_id, state, activity_minute from inbox_chat i, unnest(i.tag_ids) as x (tag_id)
   where account_id = $1`,
  `insert into inbox_count (account_id, ${CELL_COLUMNS}, n)
   select account_id, ${CELL_COLUMNS}, count(*)
   from (select account_id, ${cellOf('i')} from inbox_chat i where account_id = $1) cells
   group by account_id, ${CELL_COLUMNS}`,
  `insert into inbox_tag_count (account_id, ${TAG_KEY}, n)
   select account_id, ${TAG_KEY}, count(*)
   from (select account_id, tag_id, ${cellOf('i')} from inbox_chat i, unnest(i.tag_ids) as x (tag_id)
     where account_id = $1) cells
   group by account_id, ${TAG_KEY}`,
]
