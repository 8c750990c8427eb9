import type { ChatId, SearchAnswer, SearchGroup } from '@parley/protocol/model'
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { PageKey } from '../endpoints.ts'
import { search, searchChat, suggestSearch } from './endpoints.ts'

/** Everything that was found; the stream says when it may be different (`applySearchEvents`). */
export const searchKey = ['search'] as const

/** Found again after this long: what was said since then is not told one by one. */
const FRESH_MS = 20_000
const KEPT_MS = 60_000
const settings = { staleTime: FRESH_MS, gcTime: KEPT_MS, placeholderData: keepPreviousData }

const ALL: readonly SearchGroup[] = ['people', 'leads', 'messages']

/** The first few of each kind. While another query is on its way, what was found before stays. */
export function useSearch(q: string, limit: number) {
  return useQuery({
    queryKey: [...searchKey, 'first', q, limit],
    queryFn: ({ signal }) => search({ q, groups: ALL, limit }, signal),
    enabled: q.trim() !== '',
    ...settings,
  })
}

const PAGE = 30

export type SearchItem<Group extends SearchGroup> = NonNullable<SearchAnswer[Group]>['items'][number]

/** All of one kind, page by page. */
export function useSearchPages<Group extends SearchGroup>(q: string, group: Group, isEnabled: boolean) {
  const query = useInfiniteQuery({
    queryKey: [...searchKey, group, q],
    initialPageParam: null as PageKey,
    queryFn: ({ pageParam, signal }) => search({ q, groups: [group], after: pageParam, limit: PAGE }, signal),
    getNextPageParam: (page) => page[group]?.next ?? undefined,
    enabled: isEnabled && q.trim() !== '',
    ...settings,
  })
  const items = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => (page[group]?.items ?? []) as SearchItem<Group>[]),
    [query.data, group],
  )
  return { query, items, searchedTo: query.data?.pages.at(-1)?.[group]?.searchedTo ?? null }
}

/** A small page: a step beyond it asks for the next. */
const CHAT_PAGE = 50

/** What one conversation says of it, the newest first. */
export function useChatSearch(chatId: ChatId, q: string) {
  const query = useInfiniteQuery({
    queryKey: [...searchKey, CHAT, chatId, q],
    initialPageParam: null as PageKey,
    queryFn: ({ pageParam, signal }) => searchChat(chatId, { q, after: pageParam, limit: CHAT_PAGE }, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: q.trim() !== '',
    ...settings,
  })
  const hits = useMemo(() => (query.data?.pages ?? []).flatMap((page) => page.items), [query.data])
  return { query, hits }
}

const CHAT = 'chat'

/** Something was said in these: what is looked for in one of them is found again. */
export function searchChatsAgain(client: QueryClient, chatIds: readonly ChatId[]): void {
  for (const chatId of new Set(chatIds))
    void client.invalidateQueries({ queryKey: [...searchKey, CHAT, chatId], refetchType: 'active' })
}

export function useSearchSuggestions(q: string, isEnabled: boolean) {
  return useQuery({
    queryKey: [...searchKey, 'suggest', q],
    queryFn: ({ signal }) => suggestSearch(q, signal),
    enabled: isEnabled,
    ...settings,
  })
}

export const searchAgain = (client: QueryClient): void => void client.invalidateQueries({ queryKey: searchKey })
