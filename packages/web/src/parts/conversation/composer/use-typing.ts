import type { ChatId } from '@parley/protocol/model'
import { useCallback, useRef } from 'react'
import { tellTyping } from '../../../data/endpoints.ts'

const EVERY_MS = 4_000

/**
 * Says that somebody writes, now and then while they do. It may get lost: nothing depends on it.
 * @param postId  of the post under which a comment is being answered
 */
export function useTyping(chatId: ChatId, postId: string | null): (text: string) => void {
  const toldAt = useRef(Number.NEGATIVE_INFINITY)
  return useCallback(
    (text: string) => {
      const now = performance.now()
      if (text.trim() === '' || now - toldAt.current < EVERY_MS) return
      toldAt.current = now
      tellTyping(chatId, postId === null ? {} : { postId }).catch(() => undefined)
    },
    [chatId, postId],
  )
}
