import type { AccountId, ChatId, MessageId, NotificationId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, holdThisTurn, inOneWrite, plainColumn, run } from '../../db/statement.ts'
import { type BatchEvent, commitWithEvents } from '../../events/commit-with-events.ts'
import type { StoredMessage } from '../messages/inbound-message.ts'
import { type ChatStateRow, type IngestItem, type PlacedItem, StaleCacheError } from './batch.ts'
import { type ChatWithoutTalk, type OpenedTalk, openTalks } from './open-leads.ts'
import { type ChatCache, placeItems } from './resolve-chats.ts'
import * as sql from './statements.ts'

export interface StoredBatch {
  /** One per item, in their order. A repeat answers the message stored first. */
  answers: StoredMessage[]
  /** Accounts with new events: nudge them. */
  accounts: AccountId[]
}

/**
 * Stores a batch in one transaction: chats and people that are new, messages, counters, leads, notifications, events.
 *
 * Order:  messages of a chat keep the order of the items (their ids rise).
 * Locks:  participants, then chat_state, then account_seq, each in key order.
 * Errors: anything thrown has been rolled back whole; `StaleCacheError` means: clear the cache and try again.
 */
export async function storeBatch(
  client: pg.ClientBase,
  cache: ChatCache,
  items: readonly IngestItem[],
  newId: () => string,
): Promise<StoredBatch> {
  const deps = { client, cache, newId }
  // Repeats are rare: so messages and counters go out together, as if there were none. When there are some after all,
  // the counters were moved too far; that is undone, and everything is done again one step after the other.
  return (await tryToStore(deps, items, writeAtOnce)) ?? (await tryToStore(deps, items, writeCarefully)) ?? impossible()
}

interface BatchDeps {
  client: pg.ClientBase
  cache: ChatCache
  newId: () => string
}

interface Written {
  /** What was not there before. */
  fresh: readonly PlacedItem[]
  repeats: ReadonlyMap<MessageId, StoredMessage>
  states: readonly ChatStateRow[]
}

/** How messages and counters are written; undefined when it cannot be done this way. */
type Write = (client: pg.ClientBase, placed: readonly PlacedItem[]) => Promise<Written | undefined>

async function tryToStore(
  { client, cache, newId }: BatchDeps,
  items: readonly IngestItem[],
  write: Write,
): Promise<StoredBatch | undefined> {
  // Nobody waits for the begin: what follows is on the wire right behind it, and fails with it.
  holdThisTurn(client)
  client.query('begin').catch(() => undefined)
  try {
    const lookup = cache.begin()
    const placed = await placeItems(client, lookup, items, newId)
    const written = await write(client, placed)
    if (!written) {
      await client.query('rollback')
      return undefined
    }
    const events = await openAndNotify(client, written.fresh, written.states)
    const accounts = await commitWithEvents(client, events)
    lookup.keep()
    return { answers: placed.map((item) => written.repeats.get(item.id) ?? answerOf(item)), accounts }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function writeAtOnce(client: pg.ClientBase, placed: readonly PlacedItem[]): Promise<Written | undefined> {
  const [fresh, states] = await inOneWrite(client, () =>
    Promise.all([insertMessages(client, placed), moveCounters(client, placed)]),
  )
  return fresh.length === placed.length ? { fresh, states, repeats: new Map() } : undefined
}

async function writeCarefully(client: pg.ClientBase, placed: readonly PlacedItem[]): Promise<Written> {
  const fresh = await insertMessages(client, placed)
  const [repeats, states] = await Promise.all([findRepeats(client, placed, fresh), moveCounters(client, fresh)])
  return { fresh, repeats, states }
}

function impossible(): never {
  throw new Error('A batch was not stored, and nothing says why.')
}

const answerOf = (item: PlacedItem): StoredMessage => ({
  chatId: item.chatId,
  senderId: item.senderId,
  receiverId: null,
  messageId: item.id,
  msgid: item.inbound.msgid,
})

/** Answers the items that were not there before. */
async function insertMessages(client: pg.ClientBase, placed: readonly PlacedItem[]): Promise<PlacedItem[]> {
  // By chat and msgid: two nodes that bring the same messages wait for each other instead of in a circle.
  const sorted = [...placed].sort(
    (a, b) => compare(a.chatId, b.chatId) || compare(a.inbound.msgid, b.inbound.msgid) || compare(a.id, b.id),
  )
  const values = [
    plainColumn(sorted, (item) => item.scope.accountId),
    plainColumn(sorted, (item) => item.id),
    plainColumn(sorted, (item) => item.chatId),
    sorted.map((item) => item.inbound.msgid),
    plainColumn(sorted, (item) => item.senderId),
    plainColumn(sorted, (item) => item.inbound.kind),
    sorted.map((item) => item.inbound.text),
    plainColumn(sorted, (item) => item.inbound.sentAt.getTime()),
    plainColumn(sorted, (item) => item.receivedAtMs),
  ]
  const rows = await run<{ id: MessageId }>(client, sql.insertMessages, values)
  if (rows.length === placed.length) return [...placed]
  const inserted = new Set(rows.map((row) => row.id))
  return placed.filter((item) => inserted.has(item.id))
}

/** The stored message behind every item that turned out to be a repeat, by the item's own id. */
async function findRepeats(
  client: pg.ClientBase,
  placed: readonly PlacedItem[],
  fresh: readonly PlacedItem[],
): Promise<Map<MessageId, StoredMessage>> {
  if (fresh.length === placed.length) return new Map()
  const isFresh = new Set(fresh.map((item) => item.id))
  const repeated = placed.filter((item) => !isFresh.has(item.id))
  const keys = columns(
    repeated,
    (item) => item.scope.accountId,
    (item) => item.chatId,
    (item) => item.inbound.msgid,
  )
  interface Row {
    chat_id: ChatId
    msgid: string
    id: MessageId
    author_id: string
    receiver_id: string | null
  }
  const rows = await run<Row>(client, sql.findRepeats, keys)
  const stored = new Map(rows.map((row) => [`${row.chat_id}/${row.msgid}`, row]))
  return new Map(
    repeated.map((item) => {
      const row = stored.get(`${item.chatId}/${item.inbound.msgid}`)
      if (!row) throw new StaleCacheError('A repeated message cannot be found.')
      return [
        item.id,
        {
          chatId: row.chat_id,
          senderId: row.author_id,
          receiverId: row.receiver_id,
          messageId: row.id,
          msgid: row.msgid,
        },
      ]
    }),
  )
}

interface Movement {
  accountId: AccountId
  chatId: ChatId
  unread: number
  lastId: MessageId
  lastMs: number
  activityMs: number
  waitingMs: number | null
}

async function moveCounters(client: pg.ClientBase, fresh: readonly PlacedItem[]): Promise<ChatStateRow[]> {
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
  ]
  const states = await run<ChatStateRow>(client, sql.updateStates, values)
  if (states.length !== movements.length) throw new StaleCacheError('A chat the cache knows is not there.')
  return states
}

/** What a batch changes in each chat, sorted by chat: rows are locked in this order. */
export function sumByChat(items: readonly PlacedItem[]): Movement[] {
  const byChat = new Map<ChatId, Movement>()
  for (const { scope, chatId, id, inbound, receivedAtMs } of items) {
    const sentMs = inbound.sentAt.getTime()
    // What arrives now is news now, whatever its clock says; an imported message is as old as it says.
    const activityMs = inbound.isSilent ? Math.min(sentMs, receivedAtMs) : receivedAtMs
    const sum = byChat.get(chatId)
    if (!sum) {
      const unread = inbound.isSilent ? 0 : 1
      const waitingMs = inbound.isSilent ? null : receivedAtMs
      byChat.set(chatId, {
        accountId: scope.accountId,
        chatId,
        unread,
        lastId: id,
        lastMs: sentMs,
        activityMs,
        waitingMs,
      })
      continue
    }
    if (sentMs >= sum.lastMs) Object.assign(sum, { lastId: id, lastMs: sentMs })
    sum.activityMs = Math.max(sum.activityMs, activityMs)
    if (inbound.isSilent) continue
    sum.unread += 1
    sum.waitingMs = Math.min(sum.waitingMs ?? receivedAtMs, receivedAtMs)
  }
  return [...byChat.values()].sort((a, b) => compare(a.chatId, b.chatId))
}

/** Opens what is missing and tells who should know; answers the batch's events in order. */
async function openAndNotify(
  client: pg.ClientBase,
  fresh: readonly PlacedItem[],
  states: readonly ChatStateRow[],
): Promise<BatchEvent[]> {
  const stateOf = new Map(states.map((state) => [state.chat_id, state]))
  const audible = fresh.filter((item) => !item.inbound.isSilent)
  const opened = await openTalks(client, chatsWithoutTalk(audible, stateOf))
  const leadOf = new Map(opened.map((talk) => [talk.chatId, talk]))
  const notices = planNotices(audible, stateOf, leadOf)
  const notificationIds = await insertNotices(client, notices)
  const events: BatchEvent[] = fresh.map((item) => ({
    accountId: item.scope.accountId,
    type: 'message.received',
    chatId: item.chatId,
    messageId: item.id,
  }))
  for (const { accountId, chatId, leadId, isNewLead } of opened) {
    if (isNewLead) events.push({ accountId, type: 'lead.created', chatId, leadId })
  }
  for (const { accountId, chatId, leadId, messageId } of notices) {
    events.push({
      accountId,
      type: 'notification.created',
      chatId,
      leadId,
      notificationId: notificationIds.get(messageId),
    })
  }
  return events
}

function chatsWithoutTalk(
  audible: readonly PlacedItem[],
  stateOf: ReadonlyMap<ChatId, ChatStateRow>,
): ChatWithoutTalk[] {
  const chats = new Map<ChatId, ChatWithoutTalk>()
  for (const item of audible) {
    const state = stateOf.get(item.chatId)
    if (!state || (state.lead_id !== null && state.talk_id !== null) || chats.has(item.chatId)) continue
    chats.set(item.chatId, { accountId: item.scope.accountId, chatId: item.chatId, messageId: item.id })
  }
  return [...chats.values()]
}

interface Notice {
  accountId: AccountId
  kind: 'incoming_lead' | 'new_message'
  chatId: ChatId
  leadId: ChatStateRow['lead_id']
  messageId: MessageId
}

/**
 * A new lead is told once. In a chat that was all read the first message is told; more of them join that notification,
 * so the bell counts conversations that need somebody, not lines.
 */
function planNotices(
  audible: readonly PlacedItem[],
  stateOf: ReadonlyMap<ChatId, ChatStateRow>,
  openedOf: ReadonlyMap<ChatId, OpenedTalk>,
): Notice[] {
  const counts = new Map<ChatId, number>()
  for (const item of audible) counts.set(item.chatId, (counts.get(item.chatId) ?? 0) + 1)
  const notices: Notice[] = []
  for (const item of audible) {
    const added = counts.get(item.chatId)
    const state = stateOf.get(item.chatId)
    if (added === undefined || !state) continue
    counts.delete(item.chatId)
    const opened = openedOf.get(item.chatId)
    const wasRead = state.unread === added
    if (!opened?.isNewLead && !wasRead) continue
    notices.push({
      accountId: item.scope.accountId,
      kind: opened?.isNewLead ? 'incoming_lead' : 'new_message',
      chatId: item.chatId,
      leadId: opened?.leadId ?? state.lead_id,
      messageId: item.id,
    })
  }
  return notices
}

async function insertNotices(
  client: pg.ClientBase,
  notices: readonly Notice[],
): Promise<Map<MessageId, NotificationId>> {
  if (notices.length === 0) return new Map()
  const values = columns(
    notices,
    (notice) => notice.accountId,
    (notice) => notice.kind,
    (notice) => notice.chatId,
    (notice) => notice.leadId,
    (notice) => notice.messageId,
  )
  const rows = await run<{ id: NotificationId; message_id: MessageId }>(client, sql.insertNotifications, values)
  return new Map(rows.map((row) => [row.message_id, row.id]))
}

function compare(a: string, b: string): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
