import type { ContactDetails, ContactId, Lead, LeadId, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

export const getLead = (id: LeadId, signal?: AbortSignal) => request<Lead>('GET', `/leads/${id}`, undefined, signal)

const contactKey = (id: ContactId) => ['contact', id] as const

export const contactQuery = (id: ContactId) =>
  queryOptions({
    queryKey: contactKey(id),
    queryFn: ({ signal }) => request<ContactDetails>('GET', `/contacts/${id}`, undefined, signal),
  })

/** A contact that something happened to is read again: its card holds more than the event carries. */
export function applyToContacts(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const ids = new Set(
    events.flatMap((event) => event.contact?.id ?? event.removedContactId ?? event.hiddenContactId ?? []),
  )
  for (const id of ids) void client.invalidateQueries({ queryKey: contactKey(id) })
}
