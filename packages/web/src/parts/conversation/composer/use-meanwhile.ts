import type { ChatId, Message } from '@parley/protocol/model'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Draft } from '../../../data/conversation/draft.ts'
import {
  comparePlaces,
  flattenMessages,
  placeOfMessage,
  type ThreadData,
} from '../../../data/conversation/thread-pages.ts'
import { threadQuery } from '../../../data/conversation/use-thread.ts'
import { useMe } from '../../../data/queries.ts'

/** What a colleague answered the client since one's own reply was begun; undefined when nobody did. */
export function useMeanwhile(chatId: ChatId, draft: Draft): Message | undefined {
  const { amojoId } = useMe().user
  const { since } = draft
  const isWritten = draft.text.trim() !== '' || draft.files.length > 0
  const select = useCallback(
    (data: ThreadData) => (since && isWritten ? findMeanwhile(flattenMessages(data), since, amojoId) : undefined),
    [since, isWritten, amojoId],
  )
  // Looks at what is held of the conversation's end; reading it is the conversation's own concern.
  return useInfiniteQuery({ ...threadQuery(chatId, null), enabled: false, select }).data
}

/** The newest one. */
export function findMeanwhile(
  messages: readonly Message[],
  since: { id: string; sentAt: number },
  meAmojoId: string,
): Message | undefined {
  const begun = { at: since.sentAt, id: since.id }
  return messages.findLast(
    (message) =>
      message.direction === 'out' &&
      message.author.kind === 'user' &&
      message.author.id !== meAmojoId &&
      comparePlaces(placeOfMessage(message), begun) > 0,
  )
}
