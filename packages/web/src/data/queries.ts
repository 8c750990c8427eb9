import type { Chat, ChatDetails, ChatId } from '@parley/protocol/model'
import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { ApiRefusal } from './api.ts'
import { applyToDetails } from './appliers/details.ts'
import { useConnection } from './connection.ts'
import { getChat, getMe, listPipelines } from './endpoints.ts'
import { fetchFresh } from './fresh.ts'
import { countViews } from './inbox/endpoints.ts'
import { findListed } from './inbox/list-cache.ts'
import { keys } from './query-keys.ts'

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
  // A start without network goes on with what was kept, at once.
  retry: (failures, error) => navigator.onLine && queryDefaults.retry(failures, error),
})

/** The number of the account's newest event, to begin the stream with; the first thing that is read. */
export const startQuery = queryOptions({
  queryKey: keys.start,
  queryFn: ({ signal }) => countViews(undefined, signal),
  gcTime: Number.POSITIVE_INFINITY,
})

const detailsQuery = (chatId: ChatId) =>
  queryOptions({
    queryKey: keys.chat(chatId),
    queryFn: ({ signal }): Promise<ChatDetails> => fetchFresh(() => getChat(chatId, signal), applyToDetails),
  })

/** Who is logged in. Only below the log-in. */
export const useMe = () => useSuspenseQuery(meQuery).data

/** One chat and its lead; the chat is there at once when its row in the inbox is. */
export function useChatDetails(chatId: ChatId): { query: ReturnType<typeof useDetails>; chat: Chat | undefined } {
  const query = useDetails(chatId)
  const client = useQueryClient()
  return { query, chat: query.data?.chat ?? findListed(client, chatId) }
}

function useDetails(chatId: ChatId) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({ ...detailsQuery(chatId), enabled })
}

export const usePipelines = (enabled: boolean) =>
  useQuery({ queryKey: keys.pipelines, queryFn: ({ signal }) => listPipelines(signal), enabled })
