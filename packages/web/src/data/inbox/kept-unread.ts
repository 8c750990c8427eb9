import type { ChatId } from '@parley/protocol/model'
import { create } from 'zustand'

/** An open chat that somebody marked unread stays so, before his very eyes, until he opens it anew. */
export const useKeptUnread = create<{ chatId: ChatId | null }>()(() => ({ chatId: null }))

export const keepUnread = (chatId: ChatId | null): void => useKeptUnread.setState({ chatId })
