import type { ChatId, FeedItem, FeedKind, FeedPage, LeadId, RealtimeEvent, TaskId } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'

/** The newest page first, and the newest item first within each. */
export type FeedData = InfiniteData<FeedPage, PageKey>

/** Which feed it is. */
export interface FeedScope {
  leadId: LeadId
  /** Empty: everything. */
  kinds: readonly FeedKind[]
  /** The lead's conversations, as far as they are known. */
  chatIds: ReadonlySet<ChatId>
}

/** As the server orders what is of the same moment. */
const RANKS = { change: 0, taskMade: 1, taskDone: 2, note: 3, message: 4 } as const

function readKey(key: string): { rank: number; id: string } {
  const [source = '', id = ''] = key.split(':')
  return { rank: RANKS[source as keyof typeof RANKS] ?? 0, id }
}

/** Newest first. */
function compareItems(a: FeedItem, b: FeedItem): number {
  if (a.at !== b.at) return b.at - a.at
  const [one, other] = [readKey(a.key), readKey(b.key)]
  if (one.rank !== other.rank) return other.rank - one.rank
  return other.id.length - one.id.length || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0)
}

/** The feed as it is read: everything once, oldest first. */
export function flattenFeed(data: FeedData): FeedItem[] {
  const byKey = new Map<string, FeedItem>()
  for (const item of data.pages.flatMap((page) => page.items)) if (!byKey.has(item.key)) byKey.set(item.key, item)
  return [...byKey.values()].sort(compareItems).reverse()
}

/** Puts what events carry into the pages. History is in no frame: it is read again, and put in by `putPage`. */
export function applyToFeed(data: FeedData, scope: FeedScope, events: readonly RealtimeEvent[]): FeedData {
  let changed = data
  for (const event of events) {
    const goneTask = event.removedTaskId ?? event.hiddenTaskId
    if (goneTask !== undefined) changed = withoutTask(changed, goneTask)
    const items = itemsOf(event, scope)
    // One that was opened again was never done.
    if (event.task && event.task.doneAt === null) changed = without(changed, [`taskDone:${event.task.id}`])
    if (items.length > 0) changed = put(changed, items)
  }
  return changed
}

/** Puts in what was read anew of the newest. What lies between it and what is held is not known: then it alone is held. */
export function putPage(data: FeedData, page: FeedPage): FeedData {
  const held = new Set(data.pages.flatMap(({ items }) => items.map(({ key }) => key)))
  const isJoined = held.size === 0 ? page.next === null : page.items.some(({ key }) => held.has(key))
  if (!isJoined && page.next !== null) return { pages: [page], pageParams: [null] }
  return put(data, page.items)
}

function itemsOf({ message, note, task, chat }: RealtimeEvent, { leadId, kinds, chatIds }: FeedScope): FeedItem[] {
  const isWanted = (kind: FeedKind) => kinds.length === 0 || kinds.includes(kind)
  const isOwnChat = (id: ChatId | null) =>
    id !== null && (chatIds.has(id) || (chat?.id === id && chat.lead?.id === leadId))
  const items: FeedItem[] = []
  if (message && isWanted('message') && isOwnChat(message.chatId))
    items.push({ kind: 'message', at: message.sentAt, key: `message:${message.id}`, message })
  if (note && isWanted('note') && (note.chatId === null ? note.leadId === leadId : isOwnChat(note.chatId)))
    items.push({ kind: 'note', at: note.createdAt, key: `note:${note.id}`, note })
  if (task?.lead?.id === leadId && isWanted('task')) {
    items.push({ kind: 'task', did: 'made', at: task.createdAt, key: `taskMade:${task.id}`, task })
    if (task.doneAt !== null)
      items.push({ kind: 'task', did: 'done', at: task.doneAt, key: `taskDone:${task.id}`, task })
  }
  return items
}

/** Replaces by key, and adds what is new at its place; what is older than everything loaded comes with its own page. */
function put(data: FeedData, items: readonly FeedItem[]): FeedData {
  const left = new Map(items.map((item) => [item.key, item]))
  const pages = data.pages.map((page) => {
    if (!page.items.some(({ key }) => left.has(key))) return page
    const replaced = page.items.map((item) => {
      const newer = left.get(item.key)
      left.delete(item.key)
      return newer ?? item
    })
    return { ...page, items: replaced }
  })
  const oldest = pages
    .flatMap((page) => page.items)
    .sort(compareItems)
    .at(-1)
  const isWhole = pages.at(-1)?.next == null
  const added = [...left.values()].filter((item) => isWhole || !oldest || compareItems(item, oldest) < 0)
  const [first, ...others] = pages
  if (!first || added.length === 0) return { ...data, pages }
  return { ...data, pages: [{ ...first, items: [...added, ...first.items].sort(compareItems) }, ...others] }
}

const withoutTask = (data: FeedData, id: TaskId) => without(data, [`taskMade:${id}`, `taskDone:${id}`])

function without(data: FeedData, keys: readonly string[]): FeedData {
  if (!data.pages.some(({ items }) => items.some(({ key }) => keys.includes(key)))) return data
  return {
    ...data,
    pages: data.pages.map((page) => ({ ...page, items: page.items.filter(({ key }) => !keys.includes(key)) })),
  }
}
