import type { ChannelId, ChannelState, DecideChannelRequest, Registration } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

/** What waits for an operator. It comes from other accounts, whose events nobody else hears: read again when somebody looks. */
export const registrationsQuery = queryOptions({
  queryKey: ['registrations'],
  queryFn: ({ signal }) => request<{ items: Registration[] }>('GET', '/installation/registrations', undefined, signal),
  staleTime: 0,
  refetchOnWindowFocus: true,
})

export const decideRegistration = (id: ChannelId, body: DecideChannelRequest) =>
  request<{ id: ChannelId; state: ChannelState }>(
    'POST',
    `/installation/registrations/${encodeURIComponent(id)}/decision`,
    body,
  )
