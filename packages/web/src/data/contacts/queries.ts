import type { ChangeContactInput, ContactDetails, ContactId, ContactRow, RealtimeEvent } from '@parley/protocol/model'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'
import { dated, hasTold } from '../fresh.ts'
import { duplicatesOf, listChatsOf, listLeadsOf, listTasksOf } from './endpoints.ts'

const contactKey = (id: ContactId) => ['contact', id] as const

export const contactQuery = (id: ContactId) =>
  queryOptions({
    queryKey: contactKey(id),
    queryFn: ({ signal }) => request<ContactDetails>('GET', `/contacts/${id}`, undefined, signal),
  })

// What is read about a contact begins with its key: whatever is told of it makes all of it be read again.
export const leadsOfQuery = (id: ContactId) =>
  queryOptions({ queryKey: [...contactKey(id), 'leads'], queryFn: ({ signal }) => listLeadsOf(id, signal) })
export const chatsOfQuery = (id: ContactId) =>
  queryOptions({ queryKey: [...contactKey(id), 'chats'], queryFn: ({ signal }) => listChatsOf(id, signal) })
export const tasksOfQuery = (id: ContactId) =>
  queryOptions({ queryKey: [...contactKey(id), 'tasks'], queryFn: ({ signal }) => listTasksOf(id, signal) })
export const duplicatesOfQuery = (id: ContactId) =>
  queryOptions({ queryKey: [...contactKey(id), 'duplicates'], queryFn: ({ signal }) => duplicatesOf(id, signal) })

/** Changes what is given; what is held of it is right before the event comes. */
export async function changeContact(
  client: QueryClient,
  id: ContactId,
  change: ChangeContactInput,
): Promise<ContactRow> {
  const { answer: contact, since } = await dated(() => request<ContactRow>('PATCH', `/contacts/${id}`, change))
  if (!hasTold(since, { contact }))
    client.setQueryData<ContactDetails>(contactKey(id), (held) => held && { ...held, ...contact })
  return contact
}

/** A contact that something happened to is read again: its card holds more than the event carries. */
export function applyToContacts(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const ids = new Set(
    events.flatMap((event) => event.contact?.id ?? event.removedContactId ?? event.hiddenContactId ?? []),
  )
  for (const id of ids) void client.invalidateQueries({ queryKey: contactKey(id) })
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: ['contact'] })) {
    const [, , part] = queryKey
    if (part !== undefined && isAboutPart(String(part), queryKey[1] as ContactId, state.data, events))
      void client.invalidateQueries({ queryKey, exact: true })
  }
}

/** Whether events tell of something that stands in a part of a contact's card, or belongs there now. */
function isAboutPart(part: string, id: ContactId, held: unknown, events: readonly RealtimeEvent[]): boolean {
  const ids = new Set<unknown>(Array.isArray(held) ? held.map((item: { id?: unknown }) => item.id) : [])
  return events.some((event) => {
    if (part === 'leads')
      return event.lead?.contact?.id === id || ids.has(event.lead?.id ?? event.removedLeadId ?? event.hiddenLeadId)
    if (part === 'tasks')
      return event.task?.contact?.id === id || ids.has(event.task?.id ?? event.removedTaskId ?? event.hiddenTaskId)
    if (part === 'chats')
      return event.lead?.contact?.id === id || ids.has(event.chat?.id ?? event.removedChatId ?? event.hiddenChatId)
    return false
  })
}
