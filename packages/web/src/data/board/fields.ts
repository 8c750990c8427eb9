import type { CustomField } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { request } from '../api.ts'

/** The fields an account added to its leads, without those it hid. Read again when they change: the key is the topic. */
export function useLeadFields(): readonly CustomField[] {
  const query = useQuery({
    queryKey: ['fields'],
    queryFn: ({ signal }) => request<{ items: CustomField[] }>('GET', '/fields', undefined, signal),
  })
  return query.data?.items.filter(({ entity, isHidden }) => entity === 'lead' && !isHidden) ?? []
}
