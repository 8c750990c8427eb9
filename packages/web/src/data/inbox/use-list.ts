import type { Chat } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMe } from '../queries.ts'
import { dropFar, findMissing, loadedRows, needsMarks, setTotal, takeMarks, takePage } from './chat-blocks.ts'
import type { ChatList } from './chat-list.ts'
import { listMarks } from './endpoints.ts'
import type { ChatListOf } from './filters.ts'
import { changeList } from './list-cache.ts'
import { chatListQuery, FIRST_PAGE, readPage } from './list-queries.ts'

/** As many as stand between two marks, about. */
const PAGE = 100
/** Rows held at most, beside what is in view; the rest is read again when it is. */
const MOST_ROWS = 3000
/** So far below what is loaded it is cheaper to jump than to go page by page. */
const REACH = FIRST_PAGE + PAGE

export function useChatList(of: ChatListOf) {
  const me = useMe()
  return useQuery(chatListQuery(of, me.user.id))
}

const EVERYTHING: ChatListOf = { filters: { state: 'all' }, sort: 'newest' }

/** The chats that something happened in last, at most a page of them. */
export function useLatestChats(most: number): Chat[] {
  const { data } = useChatList(EVERYTHING)
  return data
    ? loadedRows(data)
        .slice(0, most)
        .map(({ chat }) => chat)
    : []
}

/** Loads what is in view and missing, one page after the other. Answers whether the last try failed, and how to try again. */
export function useRowsInView(list: ChatList, start: number, end: number): { error: Error | null; retry: () => void } {
  const client = useQueryClient()
  const me = useMe()
  const [error, setError] = useState<Error | null>(null)
  const [isLoading, setLoading] = useState(false)
  const { of } = list

  useEffect(() => {
    if (isLoading || error) return
    const wantsMarks = needsMarks(list, start, REACH) && list.blocks.length === 1
    const wanted = wantsMarks ? undefined : findMissing(list, start, end)
    if (!wantsMarks && !wanted) return
    const load = async () => {
      if (!wanted) {
        const marks = await listMarks(of)
        return changeList(client, of, (held) => takeMarks(held, marks))
      }
      const place = wanted.after === null ? { from: wanted.block ?? 0 } : { after: wanted.after }
      const page = await readPage(of, me.user.id, { limit: PAGE, ...place })
      changeList(client, of, (held) => dropFar({ ...held, ...takePage(held, wanted, page) }, start, end, MOST_ROWS))
    }
    setLoading(true)
    load()
      .catch((problem: unknown) => setError(problem instanceof Error ? problem : new Error(String(problem))))
      .finally(() => setLoading(false))
  }, [client, me, of, list, start, end, isLoading, error])

  return { error, retry: () => setError(null) }
}

/** What the server counts is how long a list is, loaded or not. */
export function useTotal(of: ChatListOf, total: number | null | undefined): void {
  const client = useQueryClient()
  useEffect(() => {
    if (typeof total === 'number') changeList(client, of, (list) => setTotal(list, total))
  }, [client, of, total])
}
