import type { LeadCard, LeadId, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { addApplier } from '../appliers/more.ts'
import { useConnection } from '../connection.ts'
import { fetchFresh } from '../realtime.ts'
import { goneOf, withChatOf } from './card-changes.ts'
import { getCards } from './endpoints.ts'

/** Begins as every key of one lead does: what becomes hidden is dropped by it. */
const keyOf = (id: LeadId) => ['lead', id, 'card'] as const
type Held = LeadCard | null

/** One lead's card, kept fresh by the stream; null when there is no such lead for this viewer. */
export function useLeadCard(id: LeadId) {
  const enabled = useConnection((state) => state.canRead)
  return useQuery<Held>({
    queryKey: keyOf(id),
    queryFn: () => fetchFresh(async (): Promise<Held> => (await getCards([id])).items[0] ?? null, applyToCard),
    enabled,
  })
}

function applyToCard(held: Held, events: readonly RealtimeEvent[]): Held {
  let card = held
  for (const event of events) {
    if (!card || goneOf(event) === card.lead.id) return null
    const lead = event.lead?.id === card.lead.id ? event.lead : card.lead
    card = withChatOf(lead === card.lead ? card : { ...card, lead }, event)
  }
  return card
}

addApplier((client: QueryClient, events) => {
  for (const query of client.getQueryCache().findAll({ queryKey: ['lead'] })) {
    if (query.queryKey[2] !== 'card') continue
    // One that was gone may be back.
    const id = query.queryKey[1]
    if (query.state.data === null && events.some(({ lead }) => lead?.id === id))
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true })
    client.setQueryData<Held>(query.queryKey, (held) => held && applyToCard(held, events))
  }
})
