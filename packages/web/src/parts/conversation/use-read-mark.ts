import type { Chat, ChatId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { applyChatRead } from '../../data/apply-events.ts'
import { useConnection } from '../../data/connection.ts'
import { readChat } from '../../data/endpoints.ts'
import { useKeptUnread } from '../../data/inbox/kept-unread.ts'
import { keys } from '../../data/query-keys.ts'
import type { ShownMessage } from './shown-messages.ts'
import { findFirstUnread } from './thread-rows.ts'

interface Reading {
  chatId: ChatId
  chat: Chat | undefined
  messages: readonly ShownMessage[]
  isEndInView: boolean
}

/**
 * Tells the server that the chat is read while somebody looks at its end.
 * Answers the message before which the *New messages* line stands: where the reader was when new ones came in.
 */
export function useReadMark({ chatId, chat, messages, isEndInView }: Reading): string | null {
  const isLooking = useIsLooking() && isEndInView && messages.length > 0
  const unread = chat?.unread ?? 0
  const isKeptUnread = useKeptUnread((state) => state.chatId === chatId)
  const lastId = isLooking && unread > 0 ? (chat?.lastMessage?.id ?? 'nothing') : null
  useMarkRead(chatId, lastId, isKeptUnread)
  return useUnreadLine(messages, unread, isLooking)
}

function useMarkRead(chatId: ChatId, lastId: string | null, isKeptUnread: boolean): void {
  const client = useQueryClient()
  const isOpen = useConnection((state) => state.isOpen === true)
  const toldFor = useRef<string | null>(null)
  useEffect(() => {
    // Opened anew, it is read anew.
    if (isKeptUnread) toldFor.current = null
    if (isKeptUnread || lastId === null || toldFor.current === lastId) return
    toldFor.current = lastId
    applyChatRead(client, chatId)
    readChat(chatId).catch(() => {
      // Not read after all: what the server says counts, and the next look tries again.
      toldFor.current = null
      if (isOpen) void client.invalidateQueries({ queryKey: keys.chat(chatId), exact: true })
    })
  }, [client, chatId, lastId, isKeptUnread, isOpen])
}

function useUnreadLine(messages: readonly ShownMessage[], unread: number, isLooking: boolean): string | null {
  const [line, setLine] = useState<{ id: string | null; unread: number } | null>(null)
  if (messages.length === 0) return null
  // The line is drawn when unread messages appear to one who was not looking, and stays while they are read.
  const isOpening = line === null
  if (isOpening || line.unread !== unread) {
    const hasAppeared = isOpening ? unread > 0 : line.unread === 0 && unread > 0 && !isLooking
    setLine({ id: hasAppeared ? findFirstUnread(messages, unread) : (line?.id ?? null), unread })
  }
  return line?.id ?? null
}

/** Is the page in front of somebody. */
function useIsLooking(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus())
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  window.addEventListener('focus', listener)
  window.addEventListener('blur', listener)
  return () => {
    document.removeEventListener('visibilitychange', listener)
    window.removeEventListener('focus', listener)
    window.removeEventListener('blur', listener)
  }
}
