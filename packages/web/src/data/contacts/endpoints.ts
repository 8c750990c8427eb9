import type {
  ChangeContactsRequest,
  Chat,
  ContactDuplicate,
  ContactId,
  ContactRow,
  DismissInput,
  DuplicateGroup,
  Lead,
  MergedContact,
  MergeId,
  MergeInput,
  NewContactInput,
  Page,
  Task,
  UndoneMerge,
} from '@parley/protocol/model'
import { BASE, request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

/** Which contacts, and in what order; as the server takes it. */
export interface ContactWish {
  sort: 'activity' | 'name' | 'created'
  q?: string
  responsible?: number | 'none'
  tag?: number
  company?: string
  phone?: 'yes' | 'no'
  email?: 'yes' | 'no'
}

function queryOf(wish: ContactWish): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wish)) if (value !== undefined) query.set(name, String(value))
  return query
}

const PAGE = 100

export function listContacts(wish: ContactWish, after: PageKey, signal?: AbortSignal, limit = PAGE) {
  const query = queryOf(wish)
  query.set('limit', String(limit))
  if (after !== null) query.set('after', after)
  return request<Page<ContactRow>>('GET', `/contacts?${query}`, undefined, signal)
}

/** Where the browser gets the list as a file. */
export const contactsFile = (wish: ContactWish): string => `${BASE}/contacts.csv?${queryOf(wish)}`

const path = (id: ContactId) => `/contacts/${id}`
const list = <Item>(at: string, signal: AbortSignal | undefined) =>
  request<{ items: Item[] }>('GET', at, undefined, signal).then(({ items }) => items)

export const listLeadsOf = (id: ContactId, signal?: AbortSignal) => list<Lead>(`${path(id)}/leads`, signal)
export const listChatsOf = (id: ContactId, signal?: AbortSignal) => list<Chat>(`${path(id)}/chats`, signal)
export const listTasksOf = (id: ContactId, signal?: AbortSignal) =>
  list<Task>(`/tasks?responsible=all&limit=100&contactId=${id}`, signal)
export const duplicatesOf = (id: ContactId, signal?: AbortSignal) =>
  list<ContactDuplicate>(`${path(id)}/duplicates`, signal)

export const createContact = (body: NewContactInput) => request<ContactRow>('POST', '/contacts', body)
export const changeContacts = (ids: readonly ContactId[], change: ChangeContactsRequest['change']) =>
  request<{ ids: ContactId[] }>('POST', '/contacts/change', { ids, change })
export const deleteContacts = (ids: readonly ContactId[]) =>
  request<{ ids: ContactId[] }>('POST', '/contacts/delete', { ids })
export const restoreContacts = (ids: readonly ContactId[]) =>
  request<{ ids: ContactId[] }>('POST', '/contacts/restore', { ids })

export function listDuplicates(after: PageKey, signal?: AbortSignal) {
  const query = new URLSearchParams({ limit: '30', ...(after !== null && { after }) })
  return request<Page<DuplicateGroup>>('GET', `/contacts/duplicates?${query}`, undefined, signal)
}
export const dismissDuplicates = (body: DismissInput) => request<void>('POST', '/contacts/duplicates/dismiss', body)

export const mergeContacts = (id: ContactId, body: MergeInput) =>
  request<MergedContact>('POST', `${path(id)}/merge`, body)
export const undoMerge = (id: ContactId, mergeId: MergeId) =>
  request<UndoneMerge>('POST', `${path(id)}/merges/${mergeId}/undo`)
