import type { ChatId, Message } from '@parley/protocol/model'
import { useEffect, useRef } from 'react'
import { readReplyTarget, writeReplyTarget } from '../../../data/drafts.ts'
import { useReplyTarget, useReplyTargets } from '../reply-target.ts'

/** What the reply answers, kept like the text of the draft. */
export function useKeptTarget(scope: string, chatId: ChatId): Message | null {
  const target = useReplyTarget(chatId)
  const wasRead = useRef(false)

  useEffect(() => {
    if (!wasRead.current) {
      wasRead.current = true
      const kept = parse(readReplyTarget(scope, chatId))
      if (!target && kept?.chatId === chatId) return useReplyTargets.getState().setTarget(chatId, kept)
    }
    writeReplyTarget(scope, chatId, target ? JSON.stringify(target) : '')
  }, [scope, chatId, target])

  return target
}

function parse(kept: string): Message | undefined {
  try {
    return kept === '' ? undefined : (JSON.parse(kept) as Message)
  } catch {
    return undefined
  }
}
