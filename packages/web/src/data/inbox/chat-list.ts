import type { Chat, ChatId, ChatPage, RealtimeEvent, UserId } from '@parley/protocol/model'
import {
  beginBlocks,
  type ChatBlocks,
  compareRows,
  insertRow,
  loadedRows,
  mapRows,
  type Row,
  timeOf,
} from './chat-blocks.ts'
import { type ChatListOf, fits } from './filters.ts'
import { withLeadOf, withMessageOf } from './row-events.ts'

/** A list of chats as a screen holds it. */
export interface ChatList extends ChatBlocks {
  of: ChatListOf
  meId: UserId
  /** Somebody reads further down: what is new at the top waits, and rows that would move there stay where they are. */
  isHeld: boolean
  waiting: readonly Chat[]
}

export const beginList = (of: ChatListOf, meId: UserId, page: ChatPage): ChatList => ({
  ...beginBlocks(page, of.sort),
  of,
  meId,
  isHeld: false,
  waiting: [],
})

/** What changed in a list: its rows by id, null for a chat that is gone, or may not be seen any more. */
type Changes = ReadonlyMap<ChatId, Chat | null>

function changesOf(events: readonly RealtimeEvent[]): Changes {
  const changes = new Map<ChatId, Chat | null>()
  for (const { chat, hiddenChatId, removedChatId } of events) {
    const gone = removedChatId ?? hiddenChatId
    if (gone !== undefined) changes.set(gone, null)
    if (chat) changes.set(chat.id, chat)
  }
  return changes
}

/**
 * Puts what the events tell into a list: rows change, leave when they do not belong into it any more, and come when they do.
 * What is not loaded stays unloaded. Applying an event twice changes nothing more.
 */
export function applyToList(list: ChatList, events: readonly RealtimeEvent[]): ChatList {
  const changes = changesOf(events)
  const patched = mapList(list, (chat) => withMessageOf(withLeadOf(chat, events), events))
  return changes.size === 0 ? patched : place(patched, changes)
}

function place(list: ChatList, changes: Changes): ChatList {
  const met = new Set<ChatId>()
  const moved: Row[] = []
  const changed = mapRows(list, (row) => {
    const chat = changes.get(row.chat.id)
    if (chat === undefined) return row
    met.add(row.chat.id)
    if (chat === null || !belongs(list, chat)) return undefined
    const at = timeOf(chat, list.sort)
    if (at === row.at || list.isHeld) return { chat, at: row.at }
    moved.push({ chat, at })
    return undefined
  })
  const waiting = list.waiting.filter((chat) => !changes.has(chat.id))
  let placed: ChatBlocks = changed
  const first = loadedRows(list)[0]
  for (const chat of changes.values()) {
    if (chat === null || met.has(chat.id) || !belongs(list, chat)) continue
    const row = { chat, at: timeOf(chat, list.sort) }
    // New above everything: that alone would push down what is being read.
    if (list.isHeld && first && compareRows(row, first, list.sort) < 0) waiting.push(chat)
    else placed = insertRow(placed, row)
  }
  for (const row of moved) placed = insertRow(placed, row)
  const isSameWait = waiting.length === list.waiting.length && waiting.every((chat, nth) => chat === list.waiting[nth])
  return placed === list && isSameWait ? list : { ...list, ...placed, waiting: isSameWait ? list.waiting : waiting }
}

const belongs = (list: ChatList, chat: Chat) => fits(chat, list.of, list.meId)

/** Changes chats where they stand; one that does not belong into the list any more leaves it. */
export function mapList(list: ChatList, change: (chat: Chat) => Chat): ChatList {
  const mapped = mapRows(list, (row) => {
    const chat = change(row.chat)
    if (chat === row.chat) return row
    return belongs(list, chat) ? { ...row, chat } : undefined
  })
  return mapped === list ? list : { ...list, ...mapped }
}

/** Rows that would stand elsewhere, and those that are new, since the list is held. */
export const countWaiting = (list: ChatList): number =>
  list.waiting.length + loadedRows(list).filter((row) => row.at !== timeOf(row.chat, list.sort)).length

/** From now on nothing moves by itself. */
export const holdList = (list: ChatList): ChatList => (list.isHeld ? list : { ...list, isHeld: true })

/** Everything goes where it belongs. */
export function releaseList(list: ChatList): ChatList {
  if (!list.isHeld) return list
  const moved: Row[] = list.waiting.map((chat) => ({ chat, at: timeOf(chat, list.sort) }))
  let placed: ChatBlocks = mapRows(list, (row) => {
    const at = timeOf(row.chat, list.sort)
    if (at === row.at) return row
    moved.push({ chat: row.chat, at })
    return undefined
  })
  for (const row of moved) placed = insertRow(placed, row)
  return { ...list, ...placed, isHeld: false, waiting: [] }
}

/** A page that was on its way while events came in. */
export function applyToPage(of: ChatListOf, meId: UserId, page: ChatPage, events: readonly RealtimeEvent[]): ChatPage {
  const changes = changesOf(events)
  const items = page.items
    .map((chat) => changes.get(chat.id) ?? (changes.has(chat.id) ? undefined : chat))
    .filter((chat) => chat !== undefined)
    .map((chat) => withMessageOf(withLeadOf(chat, events), events))
    .filter((chat) => fits(chat, of, meId))
  return { ...page, items }
}
