import type { ChangeContactInput, ContactDetails, ContactId, ContactRow, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

const contactKey = (id: ContactId) => ['contact', id] as const

export const contactQuery = (id: ContactId) =>
  queryOptions({
    queryKey: contactKey(id),
    queryFn: ({ signal }) => request<ContactDetails>('GET', `/contacts/${id}`, undefined, signal),
  })

/** Changes what is given; what is held of it is right before the event comes. */
export async function changeContact(
  client: QueryClient,
  id: ContactId,
  change: ChangeContactInput,
): Promise<ContactRow> {
  const contact = await request<ContactRow>('PATCH', `/contacts/${id}`, change)
  client.setQueryData<ContactDetails>(contactKey(id), (held) => held && { ...held, ...contact })
  return contact
}

/** A contact that something happened to is read again: its card holds more than the event carries. */
export function applyToContacts(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const ids = new Set(
    events.flatMap((event) => event.contact?.id ?? event.removedContactId ?? event.hiddenContactId ?? []),
  )
  for (const id of ids) void client.invalidateQueries({ queryKey: contactKey(id) })
}
