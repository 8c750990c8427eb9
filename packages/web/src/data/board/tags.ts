import type { Tag } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { request } from '../api.ts'

const NONE: readonly Tag[] = []

/** The account's tags, by name. Read again when they change: the key is the topic. */
export function useTags(enabled = true): readonly Tag[] {
  const query = useQuery({
    queryKey: ['tags'],
    queryFn: ({ signal }) => request<{ items: Tag[] }>('GET', '/tags', undefined, signal),
    enabled,
  })
  return query.data?.items ?? NONE
}
