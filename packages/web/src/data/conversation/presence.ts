import type { ChatId, RealtimePresence } from '@parley/protocol/model'
import { create } from 'zustand'

/** Somebody who has a chat open in one of his windows; `until` by the clock of this machine. */
interface Visit {
  user: RealtimePresence['user']
  tab: string
  until: number
}

/** Chats nobody has open are not there. */
export type Visits = Readonly<Record<ChatId, readonly Visit[]>>

/** The server says *until* by its own clock: whatever ours says, it is no longer than this. */
const LONGEST_MS = 60_000
const SHORTEST_MS = 5_000

/** Takes in who came or went. */
export function addVisit(visits: Visits, { chatId, user, tab, until }: RealtimePresence, now: number): Visits {
  const others = (visits[chatId] ?? []).filter((visit) => visit.tab !== tab)
  if (until === 0) return others.length === (visits[chatId]?.length ?? 0) ? visits : withChat(visits, chatId, others)
  const remainingMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, until - now))
  const known = visits[chatId]?.findIndex((visit) => visit.tab === tab) ?? -1
  const visit = { user, tab, until: now + remainingMs }
  // Each keeps his place while he stays.
  const next = known === -1 ? [...others, visit] : others.toSpliced(known, 0, visit)
  return withChat(visits, chatId, next)
}

/** Drops whoever has not been heard of; the same object when nobody is gone. */
export function dropGone(visits: Visits, now: number): Visits {
  let kept = visits
  for (const [chatId, all] of Object.entries<readonly Visit[]>(visits)) {
    const here = all.filter((visit) => visit.until > now)
    if (here.length < all.length) kept = withChat(kept, chatId as ChatId, here)
  }
  return kept
}

function withChat(visits: Visits, chatId: ChatId, list: readonly Visit[]): Visits {
  const { [chatId]: _, ...others } = visits
  return list.length === 0 ? others : { ...others, [chatId]: list }
}

/** Each person once, in the order they came. */
export function listVisitors(visits: readonly Visit[]): RealtimePresence['user'][] {
  return [...new Map(visits.map(({ user }) => [user.id, user])).values()]
}

const usePresence = create<{ visits: Visits }>()(() => ({ visits: {} }))

let timer: ReturnType<typeof setTimeout> | undefined

function change(next: (visits: Visits) => Visits): void {
  const visits = next(usePresence.getState().visits)
  if (visits !== usePresence.getState().visits) usePresence.setState({ visits })
  clearTimeout(timer)
  const ends = Object.values<readonly Visit[]>(visits).flatMap((all) => all.map(({ until }) => until))
  if (ends.length > 0)
    timer = setTimeout(() => change((held) => dropGone(held, Date.now())), Math.min(...ends) - Date.now())
}

export const hearPresence = (frame: RealtimePresence): void => change((visits) => addVisit(visits, frame, Date.now()))
export const forgetPresence = (): void => change(() => ({}))

const NOBODY: readonly Visit[] = []

/** Who has a chat open; includes the person who looks. */
export const useVisits = (chatId: ChatId): readonly Visit[] => usePresence(({ visits }) => visits[chatId] ?? NOBODY)
