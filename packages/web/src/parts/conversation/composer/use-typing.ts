import type { ChatId, DraftKind } from '@parley/protocol/model'
import { useCallback, useEffect, useRef } from 'react'
import { tellTyping } from '../../../data/conversation/endpoints.ts'

const EVERY_MS = 4_000
/** After so long the sign has gone by itself. */
const LASTS_MS = 5_000

interface Writing {
  writing: DraftKind
  /** Of the post under which a comment is being answered. */
  postId: string | null
}

/**
 * Says that somebody writes, now and then while they do, and that they have stopped: the text is gone, or they are. It may get
 * lost: nothing depends on it.
 */
export function useTyping(chatId: ChatId, { writing, postId }: Writing): (text: string) => void {
  const toldAt = useRef(Number.NEGATIVE_INFINITY)

  const stop = useCallback(() => {
    if (performance.now() - toldAt.current > LASTS_MS) return
    toldAt.current = Number.NEGATIVE_INFINITY
    tellTyping(chatId, { writing, isTyping: false }).catch(() => undefined)
  }, [chatId, writing])
  useEffect(() => stop, [stop])

  return useCallback(
    (text: string) => {
      if (text.trim() === '') return stop()
      const now = performance.now()
      if (now - toldAt.current < EVERY_MS) return
      toldAt.current = now
      tellTyping(chatId, { writing, ...(postId !== null && { postId }) }).catch(() => undefined)
    },
    [chatId, writing, postId, stop],
  )
}
