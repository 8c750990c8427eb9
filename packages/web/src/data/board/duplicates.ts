import type { LeadId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { boardKeys } from './board-keys.ts'
import { listDuplicates } from './endpoints.ts'

/** Who an incoming lead could be. Asked anew whenever it is shown: no event tells that somebody became known. */
export const useDuplicates = (leadId: LeadId) =>
  useQuery({
    queryKey: boardKeys.duplicates(leadId),
    queryFn: ({ signal }) => listDuplicates(leadId, signal),
    staleTime: 0,
  })
