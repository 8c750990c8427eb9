import type { ChannelId, SignatureCheck, SignatureCheckRequest } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { request } from '../api.ts'

const pathOf = (channelId: ChannelId) => `/channels/${channelId}/signature-check`

/** How a request is signed, and what is wrong with that. */
export function checkSignature(channelId: ChannelId, wish: SignatureCheckRequest): Promise<SignatureCheck> {
  return request('POST', pathOf(channelId), wish)
}

/** The same of a request the channel made: it does not change any more, but the secrets may. */
export const loggedCheckQuery = (channelId: ChannelId, requestId: string) =>
  queryOptions({
    queryKey: ['signature-check', channelId, requestId],
    queryFn: ({ signal }) => request<SignatureCheck>('POST', pathOf(channelId), { requestId }, signal),
    staleTime: 60_000,
  })
