import type { LeadId, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { addApplier } from '../appliers/more.ts'
import { soon } from '../board/soon.ts'
import { useConnection } from '../connection.ts'
import { fetchFresh } from '../fresh.ts'
import { applyToLeadDetails, type HeldDetails, isToBeReadAgain } from './apply-to-details.ts'
import { getLeadDetails } from './endpoints.ts'

/** Begins as every key of one lead does: what becomes hidden is dropped by it. */
export const detailsKey = (id: LeadId) => ['lead', id, 'details'] as const
const READ_DELAY_MS = 200

/** A lead with everything its card shows, kept fresh by the stream; null when it is gone. */
export function useLeadDetails(id: LeadId) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery<HeldDetails | null>({
    queryKey: detailsKey(id),
    queryFn: ({ signal, client }) =>
      fetchFresh(async (): Promise<HeldDetails | null> => {
        const details = await getLeadDetails(id, signal)
        // Only this screen has heard who it was.
        const changedBy = client.getQueryData<HeldDetails | null>(detailsKey(id))?.changedBy
        return { ...details, ...(changedBy && { changedBy }) }
      }, applyToLeadDetails),
    enabled,
  })
}

const readAgain = new WeakMap<QueryClient, (ids: readonly LeadId[]) => void>()

function readSoon(client: QueryClient, id: LeadId): void {
  const read =
    readAgain.get(client) ??
    soon<LeadId>(READ_DELAY_MS, (ids) => {
      for (const one of new Set(ids)) void client.invalidateQueries({ queryKey: detailsKey(one), exact: true })
    })
  readAgain.set(client, read)
  read([id])
}

function applyDetails(client: QueryClient, events: readonly RealtimeEvent[]): void {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: ['lead'] })) {
    if (queryKey[2] !== 'details') continue
    const id = queryKey[1] as LeadId
    const held = state.data as HeldDetails | null | undefined
    // One that was gone may be back.
    const isBack = held === null && events.some(({ lead }) => lead?.id === id)
    if (isBack || (held && isToBeReadAgain(held, events))) readSoon(client, id)
    if (held) client.setQueryData<HeldDetails | null>(queryKey, applyToLeadDetails(held, events))
  }
}

addApplier(applyDetails)
