import type { Chat, ChatPage, LastMessage, Lead, Message, RealtimeEvent } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'

export type ChatsData = InfiniteData<ChatPage, PageKey>

/** The inbox's order: newest first, then by id. */
export function compareChats(a: Chat, b: Chat): number {
  if (a.activityAt !== b.activityAt) return b.activityAt - a.activityAt
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0
}

/** The list as it is shown: every chat once, in order. */
export function flattenChats(data: ChatsData): Chat[] {
  const byId = new Map<string, Chat>()
  for (const page of data.pages) for (const chat of page.items) if (!byId.has(chat.id)) byId.set(chat.id, chat)
  return [...byId.values()].sort(compareChats)
}

/** Puts what the events tell into the loaded pages of the inbox. Applying an event twice changes nothing more. */
export function applyToChats(data: ChatsData, events: readonly RealtimeEvent[]): ChatsData {
  const changed = new Map<string, Chat>()
  const hidden = new Set<string>()
  for (const { chat, hiddenChatId } of events) {
    if (hiddenChatId) {
      hidden.add(hiddenChatId)
      changed.delete(hiddenChatId)
    }
    if (!chat) continue
    hidden.delete(chat.id)
    changed.set(chat.id, chat)
  }
  const seen = hidden.size === 0 ? data : withoutChats(data, hidden)
  const placed = changed.size === 0 ? seen : placeChats(seen, changed)
  return mapChats(placed, (chat) => withMessageOf(withLeadOf(chat, events), events))
}

/** A message may change without its chat coming along; what a later snapshot of the chat says of it is newer. */
function withMessageOf(chat: Chat, events: readonly RealtimeEvent[]): Chat {
  const last = chat.lastMessage
  if (!last || !events.some(({ message }) => message?.id === last.id)) return chat
  const since = events.findLastIndex((event) => event.chat?.id === chat.id)
  const message = events.findLast((event, index) => index > since && event.message?.id === last.id)?.message
  return message ? { ...chat, lastMessage: toLastMessage(message) } : chat
}

/** What a row of the inbox says of a message. */
function toLastMessage({ id, direction, author, kind, text, sentAt, status, media }: Message): LastMessage {
  const last: LastMessage = { id, direction, author, kind, text, sentAt, status }
  if (media) last.fileName = media.fileName
  if (media && media.durationMs !== null) last.durationMs = media.durationMs
  return last
}

function withoutChats(data: ChatsData, ids: { has(id: string): boolean }): ChatsData {
  const pages = data.pages.map((page) => {
    const kept = page.items.filter((chat) => !ids.has(chat.id))
    return kept.length === page.items.length ? page : { ...page, items: kept }
  })
  return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages }
}

function placeChats(data: ChatsData, changed: ReadonlyMap<string, Chat>): ChatsData {
  const pages = [...withoutChats(data, changed).pages]
  for (const chat of changed.values()) {
    const index = pageFor(data, chat)
    const page = pages[index]
    if (page) pages[index] = { ...page, items: [...page.items, chat].sort(compareChats) }
  }
  return { ...data, pages }
}

/**
 * The loaded page a chat belongs to, -1 when that page is not loaded yet: it will bring the chat along.
 * A page loaded by a key starts where the one before ended, so only the first page may take what is newer than itself.
 */
function pageFor(data: ChatsData, chat: Chat): number {
  const startsAtTop = data.pageParams[0] === null
  for (const [index, page] of data.pages.entries()) {
    const oldest = page.items.at(-1)
    const isLast = page.next === null
    if (!oldest || compareChats(chat, oldest) <= 0 || isLast) {
      if (!oldest && !isLast) continue
      const newest = page.items[0]
      const isAbove = newest !== undefined && compareChats(chat, newest) < 0
      return index === 0 && isAbove && !startsAtTop ? -1 : index
    }
  }
  return -1
}

/** A lead may change without its chat coming along. */
function withLeadOf(chat: Chat, events: readonly RealtimeEvent[]): Chat {
  let shown = chat
  for (const { lead, removedLeadId } of events) {
    if (shown.lead === null) return shown
    if (shown.lead.id === removedLeadId) shown = { ...shown, lead: null }
    else if (lead && lead.id === shown.lead.id) shown = withLead(shown, lead)
  }
  return shown
}

function withLead(chat: Chat, lead: Lead): Chat {
  const row = toRowLead(lead)
  return JSON.stringify(row) === JSON.stringify(chat.lead) ? chat : { ...chat, lead: row }
}

/** What a row of the inbox says of a lead. */
const toRowLead = ({ id, title, isIncoming, pipeline, stage, tags }: Lead): NonNullable<Chat['lead']> => ({
  id,
  title,
  isIncoming,
  pipelineId: pipeline.id,
  stageId: stage.id,
  tagIds: tags.map((tag) => tag.id).sort((a, b) => a - b),
})

/** Keeps the identity of everything that did not change, so that rows need not draw again. */
export function mapChats(data: ChatsData, change: (chat: Chat) => Chat): ChatsData {
  let isSame = true
  const pages = data.pages.map((page) => {
    const items = page.items.map(change)
    if (items.every((chat, index) => chat === page.items[index])) return page
    isSame = false
    return { ...page, items }
  })
  return isSame ? data : { ...data, pages }
}
