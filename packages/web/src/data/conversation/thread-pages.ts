import type { ChatId, Message, Note, RealtimeEvent, ThreadPage } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'

/** Which page of a conversation: the newest, what is before or after a key, or what is around a time or an id. */
export type ThreadParam =
  | { kind: 'newest' }
  | { kind: 'before'; key: string }
  | { kind: 'after'; key: string }
  | { kind: 'around'; place: string }

/** A stretch of one conversation without gaps: the newest page first and the newest item first within each. */
export type ThreadData = InfiniteData<ThreadPage, ThreadParam>

/** Where something stands in a conversation. */
interface Place {
  at: number
  id: string
}

export const placeOfMessage = ({ sentAt, id }: Pick<Message, 'sentAt' | 'id'>): Place => ({ at: sentAt, id })
export const placeOfNote = ({ createdAt, id }: Pick<Note, 'createdAt' | 'id'>): Place => ({ at: createdAt, id })

/** Messages by the sender's clock, notes by the server's, then by id: oldest first. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.at !== b.at) return a.at - b.at
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export const compareMessages = (a: Pick<Message, 'sentAt' | 'id'>, b: Pick<Message, 'sentAt' | 'id'>): number =>
  comparePlaces(placeOfMessage(a), placeOfMessage(b))

/** The conversation as it is read: every message once, oldest first. */
export const flattenMessages = (data: ThreadData): Message[] =>
  onceEach(data.pages.flatMap((page) => page.items)).sort(compareMessages)

/** The notes between them, oldest first. */
export const flattenNotes = (data: ThreadData): Note[] =>
  onceEach(data.pages.flatMap((page) => page.notes)).sort((a, b) => comparePlaces(placeOfNote(a), placeOfNote(b)))

/** True when nothing newer is left to be loaded: what comes now is added at the end. */
export const reachesEnd = (data: ThreadData): boolean => data.pages[0]?.previous === null

function onceEach<Item extends { id: string }>(items: readonly Item[]): Item[] {
  const byId = new Map<string, Item>()
  for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item)
  return [...byId.values()]
}

/** What is put into the pages of a chat, by id. */
interface Changes {
  items: Map<string, Message>
  notes: Map<string, Note>
}

/** Puts what the events carry into the loaded pages of their chat. Applying an event twice changes nothing more. */
export function applyToThread(data: ThreadData, chatId: ChatId, events: readonly RealtimeEvent[]): ThreadData {
  const changes: Changes = { items: new Map(), notes: new Map() }
  for (const { message, note } of events) {
    if (message?.chatId === chatId) changes.items.set(message.id, message)
    if (note?.chatId === chatId) changes.notes.set(note.id, note)
  }
  return changes.items.size + changes.notes.size === 0 ? data : put(data, changes)
}

/** Replaces a message by id, or adds it when it is new. */
export const putMessage = (data: ThreadData, message: Message): ThreadData =>
  put(data, { items: new Map([[message.id as string, message]]), notes: new Map() })

/** The same for a note. */
export const putNote = (data: ThreadData, note: Note): ThreadData =>
  put(data, { items: new Map(), notes: new Map([[note.id as string, note]]) })

function put(data: ThreadData, changes: Changes): ThreadData {
  const left: Changes = { items: new Map(changes.items), notes: new Map(changes.notes) }
  const pages = data.pages.map((page) => {
    const items = replace(page.items, left.items)
    const notes = replace(page.notes, left.notes)
    return items === page.items && notes === page.notes ? page : { ...page, items, notes }
  })
  const span = spanOf(data)
  const items = [...left.items.values()].filter((message) => isWithin(span, placeOfMessage(message)))
  const notes = [...left.notes.values()].filter((note) => isWithin(span, placeOfNote(note)))
  const first = pages[0]
  if (first && items.length + notes.length > 0)
    pages[0] = {
      ...first,
      items: [...items.sort(compareMessages).reverse(), ...first.items],
      notes: [...notes, ...first.notes],
    }
  return { ...data, pages }
}

/** The same list when nothing of it is replaced; what is, is taken out of `changed`. */
function replace<Item extends { id: string }>(list: Item[], changed: Map<string, Item>): Item[] {
  if (!list.some((item) => changed.has(item.id))) return list
  return list.map((item) => {
    const newer = changed.get(item.id)
    changed.delete(item.id)
    return newer ?? item
  })
}

/** From where to where the pages reach; null: to the very beginning, or to the end. */
interface Span {
  from: Place | null
  to: Place | null
}

function spanOf(data: ThreadData): Span {
  const places = data.pages.flatMap((page) => [...page.items.map(placeOfMessage), ...page.notes.map(placeOfNote)])
  const [first = null] = places
  const oldest = places.reduce<Place | null>((a, b) => (a && comparePlaces(a, b) < 0 ? a : b), first)
  const newest = places.reduce<Place | null>((a, b) => (a && comparePlaces(a, b) > 0 ? a : b), first)
  return {
    from: data.pages.at(-1)?.next == null ? null : oldest,
    to: reachesEnd(data) ? null : newest,
  }
}

/** What is older or newer than everything loaded comes with its own page. */
const isWithin = ({ from, to }: Span, place: Place): boolean =>
  (from === null || comparePlaces(place, from) > 0) && (to === null || comparePlaces(place, to) < 0)
