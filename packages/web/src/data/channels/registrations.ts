import type { ChannelId, ChannelState, DecideChannelRequest, Registration } from '@parley/protocol/model'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

const everything = ['registrations'] as const

/** What waits for an operator. It comes from other accounts: the stream tells operators alone that it is another. */
export const registrationsQuery = queryOptions({
  queryKey: [...everything, 'list'],
  queryFn: ({ signal }) => request<{ items: Registration[] }>('GET', '/installation/registrations', undefined, signal),
  staleTime: 0,
})

/** How many those are. */
export const waitingRegistrationsQuery = queryOptions({
  queryKey: [...everything, 'count'],
  queryFn: ({ signal }) => request<{ waiting: number }>('GET', '/installation/registrations/count', undefined, signal),
  staleTime: 0,
})

export const hearRegistrations = (client: QueryClient): void => void client.invalidateQueries({ queryKey: everything })

export const decideRegistration = (id: ChannelId, body: DecideChannelRequest) =>
  request<{ id: ChannelId; state: ChannelState }>(
    'POST',
    `/installation/registrations/${encodeURIComponent(id)}/decision`,
    body,
  )
