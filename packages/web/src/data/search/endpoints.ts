import type {
  ChatId,
  MessageHit,
  SearchAnswer,
  SearchGroup,
  SearchHits,
  SearchSuggestion,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

export interface SearchAsked {
  q: string
  groups: readonly SearchGroup[]
  after?: PageKey
  limit: number
}

export function search({ q, groups, after, limit }: SearchAsked, signal?: AbortSignal): Promise<SearchAnswer> {
  const query = new URLSearchParams({ q, in: groups.join(','), limit: String(limit) })
  if (after) query.set('after', after)
  return request('GET', `/search?${query}`, undefined, signal)
}

/** Within one conversation. */
export function searchChat(
  chatId: ChatId,
  { q, after, limit }: Omit<SearchAsked, 'groups'>,
  signal?: AbortSignal,
): Promise<SearchHits<MessageHit>> {
  const query = new URLSearchParams({ q, limit: String(limit) })
  if (after) query.set('after', after)
  return request('GET', `/chats/${encodeURIComponent(chatId)}/search?${query}`, undefined, signal)
}

export async function suggestSearch(q: string, signal?: AbortSignal): Promise<SearchSuggestion[]> {
  const { items } = await request<{ items: SearchSuggestion[] }>(
    'GET',
    `/search/suggest?${new URLSearchParams({ q })}`,
    undefined,
    signal,
  )
  return items
}
