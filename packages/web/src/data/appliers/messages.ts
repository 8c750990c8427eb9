import type { ChatId, Message, Page, RealtimeEvent } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'

/** Pages of one chat, the newest page first and the newest message first within each. */
export type MessagesData = InfiniteData<Page<Message>, PageKey>

/** Screens order by the sender's clock, then by id: oldest first. */
export function compareMessages(a: Pick<Message, 'sentAt' | 'id'>, b: Pick<Message, 'sentAt' | 'id'>): number {
  if (a.sentAt !== b.sentAt) return a.sentAt - b.sentAt
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** The conversation as it is read: every message once, oldest first. */
export function flattenMessages(data: MessagesData): Message[] {
  const byId = new Map<string, Message>()
  for (const page of data.pages)
    for (const message of page.items) if (!byId.has(message.id)) byId.set(message.id, message)
  return [...byId.values()].sort(compareMessages)
}

/** Puts the messages the events carry into the loaded pages of their chat. */
export function applyToMessages(data: MessagesData, chatId: ChatId, events: readonly RealtimeEvent[]): MessagesData {
  const changed = new Map<string, Message>()
  for (const { message } of events) if (message?.chatId === chatId) changed.set(message.id, message)
  return changed.size === 0 ? data : putMessages(data, changed)
}

/** Replaces a message by id, or adds it when it is new. */
export function putMessage(data: MessagesData, message: Message): MessagesData {
  return putMessages(data, new Map([[message.id as string, message]]))
}

function putMessages(data: MessagesData, changed: Map<string, Message>): MessagesData {
  const pages = data.pages.map((page) => {
    if (!page.items.some((message) => changed.has(message.id))) return page
    const items = page.items.map((message) => {
      const newer = changed.get(message.id)
      changed.delete(message.id)
      return newer ?? message
    })
    return { ...page, items }
  })
  const added = [...changed.values()].filter((message) => belongsToLoaded(data, message))
  const newest = pages[0]
  if (newest && added.length > 0)
    pages[0] = { ...newest, items: [...added.sort(compareMessages).reverse(), ...newest.items] }
  return { ...data, pages }
}

/** What is older than everything loaded comes with its own page; pages loaded by a key take nothing new. */
function belongsToLoaded(data: MessagesData, message: Message): boolean {
  if (data.pageParams[0] !== null) return false
  const lastPage = data.pages.at(-1)
  const oldest = lastPage?.items.at(-1)
  return !oldest || lastPage?.next === null || compareMessages(message, oldest) > 0
}
