import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import type pg from 'pg'
import { plainColumn, run } from '../../db/statement.ts'
import { type ChatStateRow, compare, isFromClient, type PlacedItem, StaleCacheError } from './batch.ts'
import * as sql from './statements.ts'

interface Movement {
  accountId: AccountId
  chatId: ChatId
  unread: number
  lastId: MessageId
  lastMs: number
  activityMs: number
  /** Since when the client waits, as far as these messages say. */
  waitingMs: number | null
  /** Somebody answered: whoever waited before them does not any more. */
  isAnswered: boolean
  /** When the client was last heard of. */
  clientMs: number | null
}

/** Locks the chats' counters, in key order, until the commit. */
export async function moveCounters(client: pg.ClientBase, fresh: readonly PlacedItem[]): Promise<ChatStateRow[]> {
  if (fresh.length === 0) return []
  const movements = sumByChat(fresh)
  const values = [
    plainColumn(movements, (row) => row.accountId),
    plainColumn(movements, (row) => row.chatId),
    plainColumn(movements, (row) => row.unread),
    plainColumn(movements, (row) => row.lastId),
    plainColumn(movements, (row) => row.lastMs),
    plainColumn(movements, (row) => row.activityMs),
    plainColumn(movements, (row) => row.waitingMs),
    plainColumn(movements, (row) => (row.isAnswered ? 't' : 'f')),
    plainColumn(movements, (row) => row.clientMs),
  ]
  const states = await run<ChatStateRow>(client, sql.updateStates, values)
  if (states.length !== movements.length) throw new StaleCacheError('A chat the cache knows is not there.')
  return states
}

/** What a batch changes in each chat, sorted by chat: rows are locked in this order. */
function sumByChat(items: readonly PlacedItem[]): Movement[] {
  const byChat = new Map<ChatId, Movement>()
  for (const item of items) {
    const { inbound, receivedAtMs } = item
    const sentMs = inbound.sentAt.getTime()
    let sum = byChat.get(item.chatId)
    if (!sum) {
      sum = nothingYet(item, sentMs)
      byChat.set(item.chatId, sum)
    }
    if (sentMs >= sum.lastMs) {
      sum.lastId = item.id
      sum.lastMs = sentMs
    }
    // What arrives now is news now, whatever its clock says; an imported message is as old as it says.
    sum.activityMs = Math.max(sum.activityMs, inbound.isSilent ? Math.min(sentMs, receivedAtMs) : receivedAtMs)
    if (!inbound.isSilent) addAudible(sum, item)
  }
  return [...byChat.values()].sort((a, b) => compare(a.chatId, b.chatId))
}

const nothingYet = (item: PlacedItem, sentMs: number): Movement => ({
  accountId: item.scope.accountId,
  chatId: item.chatId,
  unread: 0,
  lastId: item.id,
  lastMs: sentMs,
  activityMs: 0,
  waitingMs: null,
  isAnswered: false,
  clientMs: null,
})

function addAudible(sum: Movement, item: PlacedItem): void {
  if (isFromClient(item)) {
    sum.unread += 1
    sum.waitingMs ??= item.receivedAtMs
    sum.clientMs = Math.max(sum.clientMs ?? 0, item.receivedAtMs)
  } else {
    sum.isAnswered = true
    sum.waitingMs = null
  }
}
