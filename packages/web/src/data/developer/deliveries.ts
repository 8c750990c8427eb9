import type {
  ChannelDelivery,
  ChannelDeliveryPage,
  ChannelFlow,
  ChannelId,
  DeliveryFigures,
  DeliveryId,
  DeliveryPeriod,
} from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

export interface DeliveryFilter {
  state?: string
  chat?: string
  /** Milliseconds since 1970. */
  from?: number
  until?: number
}

const pathOf = (channelId: ChannelId, below: string) => `/channels/${encodeURIComponent(channelId)}${below}`

export function listDeliveries(
  channelId: ChannelId,
  filter: DeliveryFilter,
  before: string | null,
  signal?: AbortSignal,
) {
  const asked = Object.entries({ ...filter, before }).filter(([, value]) => value !== undefined && value !== null)
  const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]))
  return request<ChannelDeliveryPage>('GET', pathOf(channelId, `/deliveries?${query}`), undefined, signal)
}

export const deliveryQuery = (channelId: ChannelId, id: DeliveryId) =>
  queryOptions({
    queryKey: ['channel-deliveries', channelId, 'one', id],
    queryFn: ({ signal }) =>
      request<ChannelDelivery>('GET', pathOf(channelId, `/deliveries/${encodeURIComponent(id)}`), undefined, signal),
    staleTime: 0,
  })

export const flowQuery = (channelId: ChannelId) =>
  queryOptions({
    queryKey: ['channel-deliveries', channelId, 'flow'],
    queryFn: ({ signal }) => request<ChannelFlow>('GET', pathOf(channelId, '/flow'), undefined, signal),
    staleTime: 0,
  })

export const triesQuery = (channelId: ChannelId, period: DeliveryPeriod) =>
  queryOptions({
    queryKey: ['channel-deliveries', channelId, 'figures', period],
    queryFn: ({ signal }) =>
      request<DeliveryFigures>('GET', pathOf(channelId, `/delivery-figures?period=${period}`), undefined, signal),
    staleTime: 0,
  })

/** What the console shows of a channel's hooks, beside their list. */
export const everyDeliveryOf = (channelId: ChannelId) => ['channel-deliveries', channelId] as const

export const replayDelivery = (channelId: ChannelId, id: DeliveryId) =>
  request<ChannelDelivery>('POST', pathOf(channelId, `/deliveries/${encodeURIComponent(id)}/replay`))
export const replaySince = (channelId: ChannelId, body: { since: number; state?: string }) =>
  request<{ replayed: number }>('POST', pathOf(channelId, '/deliveries/replay'), body)
export const pauseChannel = (channelId: ChannelId) => request<ChannelFlow>('POST', pathOf(channelId, '/pause'))
export const resumeChannel = (channelId: ChannelId) => request<ChannelFlow>('POST', pathOf(channelId, '/resume'))
