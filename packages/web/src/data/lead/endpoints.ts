import type {
  ChangeFieldsRequest,
  ContactId,
  FeedKind,
  FeedPage,
  Lead,
  LeadDetails,
  LeadId,
  NewContactInput,
  Tag,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

const FEED_LIMIT = 50
const path = (id: LeadId) => `/leads/${id}`

export const getLeadDetails = (id: LeadId, signal?: AbortSignal) =>
  request<LeadDetails>('GET', `${path(id)}/card`, undefined, signal)

export function listFeed(
  id: LeadId,
  kinds: readonly FeedKind[],
  before: PageKey,
  signal?: AbortSignal,
): Promise<FeedPage> {
  const query = new URLSearchParams({ limit: String(FEED_LIMIT) })
  if (kinds.length > 0) query.set('kinds', kinds.join(','))
  if (before !== null) query.set('before', before)
  return request<FeedPage>('GET', `${path(id)}/feed?${query}`, undefined, signal)
}

export const changeLeadFields = (id: LeadId, change: ChangeFieldsRequest) =>
  request<Lead>('PATCH', `${path(id)}/fields`, change)

/** Somebody there is, or somebody new. */
export type LeadPerson = { contactId: ContactId; isMain?: boolean } | { contact: NewContactInput; isMain?: boolean }
export const addLeadContact = (id: LeadId, person: LeadPerson) =>
  request<LeadDetails>('POST', `${path(id)}/contacts`, person)
export const removeLeadContact = (id: LeadId, contactId: ContactId) =>
  request<LeadDetails>('DELETE', `${path(id)}/contacts/${contactId}`)

export const createTag = (name: string) => request<Tag>('POST', '/tags', { name })
