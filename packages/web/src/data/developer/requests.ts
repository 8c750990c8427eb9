import type {
  ChannelHour,
  ChannelId,
  ChannelRequest,
  ChannelRequestId,
  ChannelRequestPage,
} from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

export interface RequestFilter {
  only?: 'errors'
  method?: string
  status?: number
  q?: string
  /** Milliseconds since 1970. */
  from?: number
  until?: number
}

const pathOf = (channelId: ChannelId) => `/channels/${encodeURIComponent(channelId)}`

export function listRequests(channelId: ChannelId, filter: RequestFilter, before: string | null, signal?: AbortSignal) {
  const asked = Object.entries({ ...filter, before }).filter(([, value]) => value !== undefined && value !== null)
  const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))
  return request<ChannelRequestPage>('GET', `${pathOf(channelId)}/requests?${query}`, undefined, signal)
}

/** One request as it was: it does not change any more. */
export const requestQuery = (channelId: ChannelId, id: ChannelRequestId) =>
  queryOptions({
    queryKey: ['channel-request', channelId, id],
    queryFn: ({ signal }) =>
      request<ChannelRequest>('GET', `${pathOf(channelId)}/requests/${encodeURIComponent(id)}`, undefined, signal),
  })

export const lastHourQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: ['channel-hour', channelId],
    queryFn: ({ signal }) => request<ChannelHour>('GET', `${pathOf(channelId)}/last-hour`, undefined, signal),
    staleTime: 0,
  })
