import type { AccountId, ChatId, InboxSort } from '@parley/protocol/model'
import { INBOX_FOLLOWER } from './inbox-columns.ts'
import { filterSql, type Scope, Values } from './scope.ts'

/** How a list is ordered: by minute, then by time, then by id, all in one direction. */
export interface Order {
  minute: string
  at: string
  direction: 'asc' | 'desc'
}

export const ORDERS: Record<InboxSort, Order> = {
  newest: { minute: 'activity_minute', at: 'activity_at', direction: 'desc' },
  waiting: { minute: 'waiting_minute', at: 'waiting_since', direction: 'asc' },
}

/** Where a page begins: behind a row, or with a minute. */
export type Cursor = { kind: 'after'; minute: number; at: Date; chatId: ChatId } | { kind: 'from'; minute: number }

interface Sql {
  text: string
  values: unknown[]
}

interface PageAsked {
  order: Order
  cursor: Cursor | undefined
  limit: number
  /** How many rows the whole list has. */
  total: number
}

/** A list of several conditions that has no more rows than these is read whole: faster than passing over what does not fit. */
const READ_WHOLE = 3000

/**
 * The rows of one page: (seq, last_seq, chat_id, minute, at); a page without rows is one row without a chat. Everything is of
 * one moment: what the follower had taken then (`seq`) is in it. Needs custom plans: which index is best depends on what is
 * asked for.
 */
export function pageSql(accountId: AccountId, scope: Scope, asked: PageAsked): Sql {
  const values = new Values()
  const account = values.add(accountId, 'int')
  const isWhole = asked.total <= READ_WHOLE && conditionsOf(scope, asked.order) > 1
  const rows = isWhole ? wholeSql(account, scope, asked, values) : orderedSql(account, scope, asked, values)
  const { direction } = asked.order
  const inOrder = `order by minute ${direction}, at ${direction}, chat_id ${direction}`
  const text = `
    select s.seq, s.last_seq, p.* from (
      select a.last_seq, coalesce(c.seq, 0) as seq from account_seq a
      left join event_cursor c on c.account_id = a.account_id and c.follower = ${values.add(INBOX_FOLLOWER, 'text')}
      where a.account_id = ${account}) s
    left join (${rows} ${inOrder} limit ${asked.limit}) p on true ${inOrder}`
  return { text, values: values.list }
}

/** How many conditions there are besides the states. Each of them alone has an index that gives the order, too; one that has none counts twice. */
function conditionsOf({ owners, filters }: Scope, order: Order): number {
  const { channelId, source, pipelineId, stageId, tagId, unread, waiting } = filters
  const single = [owners ?? undefined, channelId, source, pipelineId ?? stageId, tagId, unread]
  const ofWaiting = order === ORDERS.waiting ? 1 : 2
  return single.filter((one) => one !== undefined).length + (waiting ? ofWaiting : 0)
}

/** The table, or the tag's rows with it: an index of these has the tag's order. */
function fromSql(account: string, scope: Scope, values: Values): { from: string; where: string[]; indexed: string } {
  const { tagId } = scope.filters
  if (tagId === undefined) return { from: 'inbox_chat i', where: [`i.account_id = ${account}`], indexed: 'i' }
  return {
    from: 'inbox_tag t join inbox_chat i on i.account_id = t.account_id and i.chat_id = t.chat_id',
    where: [`t.account_id = ${account}`, `t.tag_id = ${values.add(tagId, 'bigint')}`],
    indexed: 't',
  }
}

const minuteOf = (order: Order, indexed: string) => `${order === ORDERS.newest ? indexed : 'i'}.${order.minute}`

function conditionsSql(scope: Scope, values: Values): string[] {
  const { pipelineId, stageId } = scope.filters
  return [
    ...filterSql('i', scope.filters, values, 'i.waiting_minute is not null'),
    // What the index of stages leaves out.
    ...(pipelineId === undefined && stageId === undefined ? [] : ['i.stage_id <> 0']),
  ]
}

/** The ids of the whole list, in no order. */
export function matchingSql(accountId: AccountId, scope: Scope, order: Order, values: Values): string {
  return `select chat_id from (${fittingSql(values.add(accountId, 'int'), scope, order, values)}) fits`
}

/** Everything that fits, found by whichever indexes are best, then sorted. */
function wholeSql(account: string, scope: Scope, { order, cursor }: PageAsked, values: Values): string {
  const fits = fittingSql(account, scope, order, values)
  const behind = cursorSql(cursor, order, { minute: 'minute', at: 'at', chatId: 'chat_id' }, values)
  return `with fits as materialized (${fits}) select * from fits${behind ? ` where ${behind}` : ''}`
}

function fittingSql(account: string, scope: Scope, order: Order, values: Values): string {
  const { from, where, indexed } = fromSql(account, scope, values)
  const conditions = [
    ...where,
    `${indexed}.state = any (${values.add(scope.states, 'smallint[]')})`,
    ...(scope.owners ? [`i.responsible_user_id = any (${values.add(scope.owners, 'bigint[]')})`] : []),
    ...conditionsSql(scope, values),
  ]
  return `select i.chat_id, i.${order.minute} as minute, i.${order.at} as at from ${from} where ${conditions.join(' and ')}`
}

/** The first rows of each range in which an index has them in order: of every state, owner and stage that is meant. */
function orderedSql(account: string, scope: Scope, { order, cursor, limit }: PageAsked, values: Values): string {
  const { from, where, indexed } = fromSql(account, scope, values)
  const ranges = [`unnest(${values.add(scope.states, 'smallint[]')}) as s (state)`]
  const conditions = [...where, `${indexed}.state = s.state`, ...conditionsSql(scope, values)]
  if (scope.owners) {
    ranges.push(`unnest(${values.add(scope.owners, 'bigint[]')}) as o (owner)`)
    conditions.push('i.responsible_user_id = o.owner')
  }
  const { pipelineId, stageId } = scope.filters
  if (pipelineId !== undefined && stageId === undefined) {
    ranges.push(
      `(select id from stage where account_id = ${account} and pipeline_id = ${values.add(pipelineId, 'bigint')}) as g`,
    )
    conditions.push('i.stage_id = g.id')
  } else if (stageId !== undefined && pipelineId === undefined) {
    ranges.push(`(select id from pipeline where account_id = ${account}) as g`)
    conditions.push('i.pipeline_id = g.id')
  }
  const minute = minuteOf(order, indexed)
  const behind = cursorSql(cursor, order, { minute, at: `i.${order.at}`, chatId: 'i.chat_id' }, values)
  if (behind) conditions.push(behind)
  const { direction } = order
  return `select k.* from ${ranges.join(' cross join ')} cross join lateral (
    select i.chat_id, ${minute} as minute, i.${order.at} as at from ${from}
    where ${conditions.join(' and ')}
    order by ${minute} ${direction}, i.${order.at} ${direction}, i.chat_id ${direction} limit ${limit}) k`
}

interface Columns {
  minute: string
  at: string
  chatId: string
}

function cursorSql(cursor: Cursor | undefined, { direction }: Order, row: Columns, values: Values): string | undefined {
  if (!cursor) return undefined
  const than = direction === 'desc' ? '<' : '>'
  const minute = values.add(cursor.minute, 'int')
  // The minute alone is what an index can begin at.
  const begins = `${row.minute} ${than}= ${minute}`
  if (cursor.kind === 'from') return begins
  const key = `${minute}, ${values.add(cursor.at, 'timestamptz')}, ${values.add(cursor.chatId, 'uuid')}`
  return `${begins} and (${row.minute}, ${row.at}, ${row.chatId}) ${than} (${key})`
}

/** The list cut into blocks at whole minutes, each about `rows` long: the first minute of each, and how many rows are before it. */
export function blocksSql(accountId: AccountId, scope: Scope, { order, rows }: { order: Order; rows: number }): Sql {
  const values = new Values()
  const { from, where, indexed } = fromSql(values.add(accountId, 'int'), scope, values)
  const conditions = [
    ...where,
    `${indexed}.state = any (${values.add(scope.states, 'smallint[]')})`,
    ...(scope.owners ? [`i.responsible_user_id = any (${values.add(scope.owners, 'bigint[]')})`] : []),
    ...conditionsSql(scope, values),
  ]
  const { direction } = order
  const text = `
    select distinct minute, (before - 1)::int as before from (
      select ${minuteOf(order, indexed)} as minute, row_number() over w as nth, rank() over w as before
      from ${from} where ${conditions.join(' and ')}
      window w as (order by ${minuteOf(order, indexed)} ${direction})) placed
    where nth % ${rows} = 1 order by 1 ${direction}`
  return { text, values: values.list }
}
