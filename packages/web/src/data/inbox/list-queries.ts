import type { UserId } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { fetchFresh } from '../fresh.ts'
import { applyToPage, beginList, type ChatList } from './chat-list.ts'
import { listChats, type PageOf } from './endpoints.ts'
import type { ChatListOf } from './filters.ts'
import { listKey } from './list-cache.ts'

export const FIRST_PAGE = 50

/** A page as it is once everything told meanwhile is applied to it. */
export const readPage = (of: ChatListOf, meId: UserId, page: PageOf, signal?: AbortSignal) =>
  fetchFresh(
    () => listChats(of, page, signal),
    (answer, events) => applyToPage(of, meId, answer, events),
  )

/** A list's first page; the rest is loaded as it comes into view, and events keep it true. */
export const chatListQuery = (of: ChatListOf, meId: UserId) =>
  queryOptions({
    queryKey: listKey(of),
    // Unchanged parts are the same objects already; to compare thousands of rows would only take time.
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<ChatList> =>
      beginList(of, meId, await readPage(of, meId, { limit: FIRST_PAGE }, signal)),
  })
