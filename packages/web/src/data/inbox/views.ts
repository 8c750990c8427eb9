import type { InboxView } from '@parley/protocol/model'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { countViews, listMuted, listViews } from './endpoints.ts'
import { type ChatListOf, listKeyOf } from './filters.ts'
import { viewKeys } from './view-keys.ts'

export const viewsQuery = queryOptions({
  queryKey: viewKeys.list,
  queryFn: async ({ signal }): Promise<InboxView[]> => (await listViews(signal)).items,
})

/** The numbers of all tabs, and of the list that is looked at. */
export const countsQuery = (of: ChatListOf) =>
  queryOptions({
    queryKey: [...viewKeys.counts, listKeyOf(of)],
    queryFn: ({ signal }) => countViews(of, signal),
    // Of another list: the tabs' numbers are the same.
    placeholderData: keepPreviousData,
  })

export const mutedQuery = queryOptions({
  queryKey: viewKeys.muted,
  queryFn: async ({ signal }) => new Set((await listMuted(signal)).ids),
})

export const useViews = () => useQuery(viewsQuery)
export const useCounts = (of: ChatListOf) => useQuery(countsQuery(of))
