import type { ChatId, ThreadPage } from '@parley/protocol/model'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useConnection } from '../connection.ts'
import { fetchFresh } from '../fresh.ts'
import { keys } from '../query-keys.ts'
import { listThread } from './endpoints.ts'
import {
  applyToThread,
  flattenMessages,
  flattenNotes,
  reachesEnd,
  type ThreadData,
  type ThreadParam,
} from './thread-pages.ts'

/**
 * A part of a conversation, loaded from its place in both directions.
 * @param place  a time in milliseconds or somebody's id; null: the end
 */
export const threadQuery = (chatId: ChatId, place: string | null) =>
  infiniteQueryOptions<ThreadPage, Error, ThreadData, ReturnType<typeof keys.thread>, ThreadParam>({
    queryKey: keys.thread(chatId, place),
    initialPageParam: place === null ? { kind: 'newest' } : { kind: 'around', place },
    queryFn: ({ pageParam, signal }): Promise<ThreadPage> =>
      fetchFresh(
        () => listThread(chatId, pageParam, signal),
        (page, events) => applyToThread({ pages: [page], pageParams: [pageParam] }, chatId, events).pages[0]!,
      ),
    getNextPageParam: ({ next }): ThreadParam | undefined =>
      next === null ? undefined : { kind: 'before', key: next },
    getPreviousPageParam: ({ previous }): ThreadParam | undefined =>
      previous === null ? undefined : { kind: 'after', key: previous },
  })

export function useThread(chatId: ChatId, place: string | null) {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery({ ...threadQuery(chatId, place), enabled })
  const { data } = query
  const messages = useMemo(() => (data ? flattenMessages(data) : []), [data])
  const notes = useMemo(() => (data ? flattenNotes(data) : []), [data])
  return { query, messages, notes, hasEnd: data ? reachesEnd(data) : place === null }
}

export type ThreadQuery = ReturnType<typeof useThread>['query']
