import type { Chat, ChatDetails, ChatId, ChatPage, NotificationPage } from '@parley/protocol/model'
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiRefusal } from './api.ts'
import { applyToChats, type ChatsData, flattenChats } from './appliers/chats.ts'
import { applyToDetails } from './appliers/details.ts'
import { applyToNotifications, flattenNotifications, type NotificationsData } from './appliers/notifications.ts'
import { useConnection } from './connection.ts'
import { getChat, getMe, listChats, listNotifications, listPipelines, type PageKey } from './endpoints.ts'
import { keys } from './query-keys.ts'
import { fetchFresh } from './realtime.ts'

const FIRST: PageKey = null

/** The stream keeps everything fresh, so nothing is read again by itself. A refusal stays a refusal; the rest is tried twice more. */
export const queryDefaults = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 30 * 60_000,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  retry: (failures: number, error: Error) => failures < 2 && !(error instanceof ApiRefusal && error.status < 500),
  // The query library would otherwise wait for the browser to say *online*, which it does not always do.
  networkMode: 'always' as const,
}

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => getMe(signal),
  gcTime: Number.POSITIVE_INFINITY,
})

export const chatsQuery = infiniteQueryOptions<ChatPage, Error, ChatsData, typeof keys.chats, PageKey>({
  queryKey: keys.chats,
  initialPageParam: FIRST,
  queryFn: ({ pageParam, signal }): Promise<ChatPage> =>
    fetchFresh(
      () => listChats(pageParam, signal),
      (page, events) => applyToChats({ pages: [page], pageParams: [pageParam] }, events).pages[0]!,
    ),
  getNextPageParam: (page: ChatPage) => page.next ?? undefined,
})

const notificationsQuery = infiniteQueryOptions<
  NotificationPage,
  Error,
  NotificationsData,
  typeof keys.notifications,
  PageKey
>({
  queryKey: keys.notifications,
  initialPageParam: FIRST,
  queryFn: ({ pageParam, signal }): Promise<NotificationPage> =>
    fetchFresh(
      () => listNotifications(pageParam, signal),
      (page, events) => applyToNotifications({ pages: [page], pageParams: [pageParam] }, events).pages[0]!,
    ),
  getNextPageParam: (page: NotificationPage) => page.next ?? undefined,
})

const detailsQuery = (chatId: ChatId) =>
  queryOptions({
    queryKey: keys.chat(chatId),
    queryFn: ({ signal }): Promise<ChatDetails> => fetchFresh(() => getChat(chatId, signal), applyToDetails),
  })

/** Who is logged in. Only below the log-in. */
export const useMe = () => useSuspenseQuery(meQuery).data

export function useChats() {
  const query = useInfiniteQuery(chatsQuery)
  const chats = useMemo(() => (query.data ? flattenChats(query.data) : []), [query.data])
  return { query, chats }
}

/** One chat and its lead; the chat is there at once when its row in the inbox is. */
export function useChatDetails(chatId: ChatId): { query: ReturnType<typeof useDetails>; chat: Chat | undefined } {
  const query = useDetails(chatId)
  const client = useQueryClient()
  return { query, chat: query.data?.chat ?? findChat(client, chatId) }
}

function useDetails(chatId: ChatId) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({ ...detailsQuery(chatId), enabled })
}

function findChat(client: QueryClient, chatId: ChatId): Chat | undefined {
  const data = client.getQueryData<ChatsData>(keys.chats)
  return data?.pages.flatMap((page) => page.items).find((chat) => chat.id === chatId)
}

export function useNotifications() {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery({ ...notificationsQuery, enabled })
  const notifications = useMemo(() => (query.data ? flattenNotifications(query.data) : []), [query.data])
  return { query, notifications, unread: query.data?.pages[0]?.unread ?? 0 }
}

export const usePipelines = (enabled: boolean) =>
  useQuery({ queryKey: keys.pipelines, queryFn: ({ signal }) => listPipelines(signal), enabled })
