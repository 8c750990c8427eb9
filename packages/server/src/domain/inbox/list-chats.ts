import type { Chat, ChatId, ChatPage, InboxFilters, InboxMarks, InboxSort } from '@parley/protocol/model'
import { CompiledQuery } from 'kysely'
import { awaitFollower } from '../../events/follow-events.ts'
import { readPageKey, writePageKey } from '../../lib/page-key.ts'
import { findChats } from '../chats/chat-queries.ts'
import type { Deps } from '../deps.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'
import type { InboxCounter } from './count-chats.ts'
import { INBOX_FOLLOWER } from './inbox-columns.ts'
import { blocksSql, type Cursor, ORDERS, type Order, pageSql } from './list-sql.ts'
import { type Scope, scopeFor } from './scope.ts'

export type ListDeps = Pick<Deps, 'db' | 'hotPool'> & { inboxCounter: InboxCounter }

export interface ListRequest {
  filters: InboxFilters
  sort: InboxSort
}

export interface PageRequest extends ListRequest {
  /** The key of the page before. */
  after?: string | undefined
  /** Or: where to begin, in milliseconds since 1970; whole minutes count. */
  from?: number | undefined
  limit: number
}

interface KeyRow {
  chat_id: ChatId
  minute: number
  at: Date
}

const MINUTE_MS = 60_000

/**
 * One page of a list of chats that the viewer may see.
 *
 * Shape:  at most `limit` chats and the key of the next page; the number of all of them.
 * Order:  newest activity first, or who waits longest first. By whole minutes, which an index has, and within them by time.
 * Errors: `invalid_request` when `after` is not a key that was given out.
 */
export async function listChats(deps: ListDeps, viewer: Viewer, page: PageRequest): Promise<ChatPage> {
  const accountId = viewer.account.id
  const scope = scopeFor(viewer, page.filters, page.sort)
  const { seq, rows } = await findRows(deps, viewer, scope, page)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const next = rows.length > page.limit && last ? writePageKey(last.minute, last.at.getTime(), last.chat_id) : null
  const [items, [total = 0]] = await Promise.all([
    presentRows(deps, viewer, shown),
    deps.inboxCounter.count(accountId, seq, [scope]),
  ])
  return { items, next, seq, total }
}

/** The rows, and the event they are as new as. Waits a moment when the viewer may have changed something since. */
async function findRows(
  deps: ListDeps,
  { account }: Viewer,
  scope: Scope,
  page: PageRequest,
): Promise<{ seq: number; rows: KeyRow[] }> {
  // About how many there are decides how to look for them; any number of lately will do.
  const [total = 0] = await deps.inboxCounter.count(account.id, 0, [scope])
  const asked = { order: ORDERS[page.sort], cursor: readCursor(page), limit: page.limit + 1, total }
  const { text, values } = pageSql(account.id, scope, asked)
  const look = async () => {
    const { rows } = await deps.db.executeQuery<Partial<KeyRow> & Seqs>(CompiledQuery.raw(text, values))
    const [{ seq, last_seq } = { seq: 0, last_seq: 0 }] = rows
    return { seq, last_seq, rows: rows.filter((row): row is KeyRow & Seqs => row.chat_id != null) }
  }
  const found = await look()
  if (found.seq === found.last_seq) return found
  await awaitFollower(deps.hotPool, account.id, INBOX_FOLLOWER)
  return look()
}

interface Seqs {
  /** The event the lists are as new as, and the newest there is; of the same moment as the row. */
  seq: number
  last_seq: number
}

function readCursor({ after, from }: PageRequest): Cursor | undefined {
  if (after !== undefined) {
    const { numbers, id } = readPageKey(after, 2)
    return { kind: 'after', minute: numbers[0] ?? 0, at: new Date(numbers[1] ?? 0), chatId: id as ChatId }
  }
  return from === undefined ? undefined : { kind: 'from', minute: Math.floor(from / MINUTE_MS) }
}

/** As they are now, in the order of the list; who may see them may have changed since that was made. */
async function presentRows({ hotPool }: ListDeps, viewer: Viewer, rows: readonly KeyRow[]): Promise<Chat[]> {
  const ids = rows.map((row) => row.chat_id)
  const owners = ownersFor(viewer, 'leads')
  const chats = await findChats(hotPool, viewer.account.id, ids)
  const byId = new Map(
    chats.filter((chat) => covers(owners, chat.responsible?.id ?? null)).map((chat) => [chat.id, chat]),
  )
  return ids.map((id) => byId.get(id)).filter((chat) => chat !== undefined)
}

/** Rows between two places one may jump to: a page or two. */
const BLOCK_ROWS = 100

/**
 * Where one may jump to in a long list. Every block begins where a minute does, so blocks share no row, and each knows how
 * many it has. One pass over an index; ask for it when somebody takes hold of the scroll bar, not before.
 */
export async function listMarks(deps: ListDeps, viewer: Viewer, { filters, sort }: ListRequest): Promise<InboxMarks> {
  const accountId = viewer.account.id
  const seq = await awaitFollower(deps.hotPool, accountId, INBOX_FOLLOWER)
  const scope = scopeFor(viewer, filters, sort)
  if (scope.owners?.length === 0) return { blocks: [], seq }
  const order: Order = ORDERS[sort]
  const { text, values } = blocksSql(accountId, scope, { order, rows: BLOCK_ROWS })
  const [total = 0] = await deps.inboxCounter.count(accountId, seq, [scope])
  const { rows } = await deps.db.executeQuery<{ minute: number; before: number }>(CompiledQuery.raw(text, values))
  const blocks = rows.map(({ minute, before }, index) => ({
    from: minute * MINUTE_MS,
    count: (rows[index + 1]?.before ?? total) - before,
  }))
  return { blocks, seq }
}
