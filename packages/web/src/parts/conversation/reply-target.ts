import type { ChatId, Message } from '@parley/protocol/model'
import { create } from 'zustand'

interface ReplyTargets {
  /** What the composer of each chat is answering; a chat that answers nothing in particular is not there. */
  targets: Readonly<Record<ChatId, Message>>
  /** Null takes the quote away. */
  setTarget: (chatId: ChatId, message: Message | null) => void
}

/** The message each chat's composer quotes: set at the message, shown and used by the composer. */
export const useReplyTargets = create<ReplyTargets>()((set) => ({
  targets: {},
  setTarget: (chatId, message) =>
    set(({ targets }) => {
      const { [chatId]: _, ...rest } = targets
      return { targets: message === null ? rest : { ...rest, [chatId]: message } }
    }),
}))

/** The message that is being answered in this chat, or null. */
export const useReplyTarget = (chatId: ChatId) => useReplyTargets((state) => state.targets[chatId] ?? null)
