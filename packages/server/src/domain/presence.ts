import type { ChatId, RealtimePresence, UserId } from '@parley/protocol/model'
import type { Audience, Viewer } from './users/viewer.ts'

export interface Visit {
  chatId: ChatId
  audience: Audience
  /** Made by the screen. */
  tab: string
  isHere: boolean
}

/** Who has which chat open, on all nodes. Nothing of it is kept; `realtime/` knows it. */
export interface Presence {
  /** Tells the others; holds for less than a minute, unless it is said again. */
  tell(viewer: Viewer, visit: Visit): void
  /** Who has the chat open, the viewer himself left out. */
  list(viewer: Viewer, chatId: ChatId): RealtimePresence[]
  /** The last stream of a user has ended: whatever he had open here is closed. */
  leave(accountId: Viewer['account']['id'], userId: UserId): void
}
