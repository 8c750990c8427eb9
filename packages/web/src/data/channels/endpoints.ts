import type {
  ChangeChannelRequest,
  ChannelCard,
  ChannelId,
  ChannelWithSecret,
  ConnectChannelRequest,
  FieldFault,
  NewChannelInput,
  OwnChannel,
  SignedExchange,
  SignedRequestInput,
} from '@parley/protocol/model'
import { BASE, request } from '../api.ts'

const path = (id: ChannelId, below = '') => `/channels/${encodeURIComponent(id)}${below}`

export const listChannels = (signal?: AbortSignal) =>
  request<{ items: ChannelCard[] }>('GET', '/channels', undefined, signal)
export const getOwnChannel = (id: ChannelId, signal?: AbortSignal) =>
  request<OwnChannel>('GET', path(id), undefined, signal)
export const registerChannel = (body: NewChannelInput) => request<ChannelWithSecret>('POST', '/channels', body)
export const changeChannel = (id: ChannelId, body: ChangeChannelRequest) => request<OwnChannel>('PATCH', path(id), body)
/** What would be refused of a form that is being filled in. */
export const checkChannel = (body: object, signal?: AbortSignal) =>
  request<{ items: FieldFault[] }>('POST', '/channels/check', body, signal)
export const rotateSecret = (id: ChannelId) => request<ChannelWithSecret>('POST', path(id, '/secret'), {})
export const revokePreviousSecret = (id: ChannelId) => request<OwnChannel>('DELETE', path(id, '/secret/previous'))
export const connectChannel = (id: ChannelId, body: Partial<ConnectChannelRequest>) =>
  request<ChannelCard>('POST', path(id, '/connect'), body)
export const disconnectChannel = (id: ChannelId) => request<void>('POST', path(id, '/disconnect'))

/** Signed in the place of one's own channel. */
export const sendAsChannel = (id: ChannelId, wish: SignedRequestInput) =>
  request<{ exchanges: SignedExchange[] }>('POST', path(id, '/signed-requests'), wish)

/** The address of a channel's icon. */
export const iconUrl = (iconPath: string) => BASE + iconPath
