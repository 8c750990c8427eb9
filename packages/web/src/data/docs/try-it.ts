import type { ChannelId, Me, SignedExchange, SignedRequestInput } from '@parley/protocol/model'
import { queryOptions } from '@tanstack/react-query'
import { NoAnswer, request } from '../api.ts'
import { getMe } from '../endpoints.ts'

/** Who tries something. Asked when somebody wants to, for most readers are not logged in. */
export const triesAsQuery = queryOptions({
  queryKey: ['tries-as'],
  queryFn: ({ signal }): Promise<Me> => getMe(signal),
  staleTime: 0,
  retry: false,
})

/** A request of the chats API in the place of one's own channel: the server signs it and passes it on. */
export const sendSigned = (channelId: ChannelId, body: SignedRequestInput) =>
  request<{ exchanges: SignedExchange[] }>('POST', `/channels/${encodeURIComponent(channelId)}/signed-requests`, body)

export interface Sent {
  status: number
  body: string
  durationMs: number
}

/** A request of the app API with one's own session, whatever comes of it. */
export async function sendAsMe(method: string, path: string, body: string | undefined): Promise<Sent> {
  const began = performance.now()
  const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) }
  const init = { method, headers, credentials: 'same-origin' as const, ...(body !== undefined && { body }) }
  const answer = await fetch(path, init).catch((cause: unknown) => {
    throw new NoAnswer('no answer', { cause })
  })
  return { status: answer.status, body: await answer.text(), durationMs: Math.round(performance.now() - began) }
}
