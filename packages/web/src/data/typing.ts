import type { ChatId, DraftKind, RealtimeEvent, RealtimeTyping } from '@parley/protocol/model'
import { create } from 'zustand'

/** Somebody who is typing in a chat; `until` by the clock of this machine. */
export interface Typist {
  author: RealtimeTyping['author']
  /** What a colleague writes; undefined of a client. */
  writing: DraftKind | undefined
  until: number
}

/** Chats nobody types in are not there. */
export type Typists = Readonly<Record<ChatId, readonly Typist[]>>

/** The server says *until* by its own clock. A sign is never shown for less or longer than a channel may ask for. */
const SHORTEST_MS = 1_000
const LONGEST_MS = 30_000

/** Takes a sign of typing in. Everybody has one: a new one of the same author replaces the one before; one until 0 ends it. */
export function addTypist(typists: Typists, { chatId, author, writing, until }: RealtimeTyping, now: number): Typists {
  if (until === 0) return keep(typists, (chat, typist) => chat !== chatId || typist.author.id !== author.id)
  const remainingMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, until - now))
  const others = (typists[chatId] ?? []).filter((one) => one.author.id !== author.id)
  return { ...typists, [chatId]: [...others, { author, writing, until: now + remainingMs }] }
}

/** Drops everybody whose time is over; the same object when nobody's is. */
export function dropExpired(typists: Typists, now: number): Typists {
  return keep(typists, (_, typist) => typist.until > now)
}

/** A message or a note ends its author's typing. */
export function endByMessages(typists: Typists, events: readonly RealtimeEvent[]): Typists {
  const came = events.flatMap(({ type, message, note }): { chatId: ChatId; author: { id: string } }[] => {
    if (type === 'note.added' && note?.chatId) return [{ chatId: note.chatId, author: { id: note.author.amojoId } }]
    return message && ENDING.has(type) ? [message] : []
  })
  return keep(
    typists,
    (chatId, { author }) => !came.some((message) => message.chatId === chatId && message.author.id === author.id),
  )
}

const ENDING: ReadonlySet<RealtimeEvent['type']> = new Set(['message.received', 'message.sent'])

function keep(typists: Typists, isKept: (chatId: string, typist: Typist) => boolean): Typists {
  let isSame = true
  const kept: Record<string, readonly Typist[]> = {}
  for (const [chatId, all] of Object.entries<readonly Typist[]>(typists)) {
    const some = all.filter((typist) => isKept(chatId, typist))
    if (some.length < all.length) isSame = false
    if (some.length > 0) kept[chatId] = some.length === all.length ? all : some
  }
  return isSame ? typists : kept
}

/** When the next one's time is over; null when nobody types. */
export function nextExpiry(typists: Typists): number | null {
  const ends = Object.values<readonly Typist[]>(typists).flatMap((all) => all.map(({ until }) => until))
  return ends.length === 0 ? null : Math.min(...ends)
}

export const useTyping = create<{ typists: Typists }>()(() => ({ typists: {} }))

let timer: ReturnType<typeof setTimeout> | undefined

function change(next: (typists: Typists) => Typists): void {
  const typists = next(useTyping.getState().typists)
  if (typists !== useTyping.getState().typists) useTyping.setState({ typists })
  clearTimeout(timer)
  const end = nextExpiry(typists)
  if (end !== null) timer = setTimeout(() => change((held) => dropExpired(held, Date.now())), end - Date.now())
}

export const hearTyping = (frame: RealtimeTyping) => change((typists) => addTypist(typists, frame, Date.now()))
export const endTyping = (events: readonly RealtimeEvent[]) => change((typists) => endByMessages(typists, events))
export const forgetTyping = () => change(() => ({}))

const NOBODY: readonly Typist[] = []

/** Who types in a chat, in the order they began; includes the person who looks. */
export const useTypists = (chatId: ChatId): readonly Typist[] => useTyping(({ typists }) => typists[chatId] ?? NOBODY)
