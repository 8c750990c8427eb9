import type {
  BulkJob,
  BulkJobId,
  BulkRequest,
  ChangeViewRequest,
  ChatId,
  ChatPage,
  CreateViewInput,
  InboxCounts,
  InboxMarks,
  InboxView,
  ViewId,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import { type ChatListOf, toQuery } from './filters.ts'

export interface PageOf {
  limit: number
  /** The key of the page before. */
  after?: string
  /** Or: the minute it begins with. */
  from?: number
}

export const listChats = (of: ChatListOf, page: PageOf, signal?: AbortSignal) =>
  request<ChatPage>('GET', `/chats?${toQuery(of, { ...page })}`, undefined, signal)
/** Where one may jump to; worth it only in a long list. */
export const listMarks = (of: ChatListOf, signal?: AbortSignal) =>
  request<InboxMarks>('GET', `/chats/marks?${toQuery(of)}`, undefined, signal)

export const listViews = (signal?: AbortSignal) => request<{ items: InboxView[] }>('GET', '/views', undefined, signal)
export const countViews = (of: ChatListOf | undefined, signal?: AbortSignal) =>
  request<InboxCounts>('GET', of ? `/views/counts?${toQuery(of)}` : '/views/counts', undefined, signal)
export const createView = (body: CreateViewInput) => request<InboxView>('POST', '/views', body)
export const changeView = (id: ViewId, body: ChangeViewRequest) => request<InboxView>('PATCH', `/views/${id}`, body)
export const deleteView = (id: ViewId) => request<void>('DELETE', `/views/${id}`)

/** Does something to chats, one or many; the answer says how far it is. */
export const actOnChats = (body: BulkRequest) => request<{ job: BulkJob }>('POST', '/chats/bulk', body)
export const getBulk = (id: BulkJobId, signal?: AbortSignal) =>
  request<{ job: BulkJob }>('GET', `/bulk/${id}`, undefined, signal)
export const undoBulk = (id: BulkJobId) => request<{ job: BulkJob }>('POST', `/bulk/${id}/undo`)
export const listBulk = (signal?: AbortSignal) => request<{ items: BulkJob[] }>('GET', '/bulk', undefined, signal)
export const listMuted = (signal?: AbortSignal) => request<{ ids: ChatId[] }>('GET', '/muted-chats', undefined, signal)
