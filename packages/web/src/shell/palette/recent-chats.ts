import type { ChatId } from '@parley/protocol/model'
import { create } from 'zustand'

const MOST = 6

/** Conversations opened since the page was, the newest first. */
export const useRecentChats = create<{ ids: readonly ChatId[] }>()(() => ({ ids: [] }))

export function rememberChat(id: ChatId): void {
  useRecentChats.setState(({ ids }) => ({ ids: [id, ...ids.filter((one) => one !== id)].slice(0, MOST + 1) }))
}
