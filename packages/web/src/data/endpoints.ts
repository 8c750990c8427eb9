import type {
  ChannelId,
  Chat,
  ChatDetails,
  ChatId,
  Connection,
  EarlierText,
  LogInRequest,
  Me,
  Message,
  MessageId,
  Pipeline,
  SendMessageInput,
  Source,
  StartChatInput,
} from '@parley/protocol/model'
import { request } from './api.ts'

/** The name of a following page, as the page before gave it; null for the first. */
export type PageKey = string | null

const channelPath = (channelId: ChannelId) => `/channels/${encodeURIComponent(channelId)}`
const chatPath = (chatId: ChatId) => `/chats/${encodeURIComponent(chatId)}`
const messagePath = (chatId: ChatId, messageId: MessageId) =>
  `${chatPath(chatId)}/messages/${encodeURIComponent(messageId)}`

export const logIn = (body: LogInRequest) => request<Me>('POST', '/session', body)
export const logOut = () => request<void>('DELETE', '/session')
export const getMe = (signal?: AbortSignal) => request<Me>('GET', '/me', undefined, signal)

export const getChat = (chatId: ChatId, signal?: AbortSignal) =>
  request<ChatDetails>('GET', chatPath(chatId), undefined, signal)
export const readChat = (chatId: ChatId) => request<void>('POST', `${chatPath(chatId)}/read`)

/** Writes to somebody who has not written: answers the chat that was begun, or the one with this number that there was. */
export const startChat = (body: StartChatInput) => request<{ chat: Chat; message: Message }>('POST', '/chats', body)
export const sendMessage = (chatId: ChatId, body: SendMessageInput) =>
  request<{ message: Message }>('POST', `${chatPath(chatId)}/messages`, body)
export const retryMessage = (chatId: ChatId, messageId: MessageId) =>
  request<{ message: Message }>('POST', `${messagePath(chatId, messageId)}/retry`)
/** Asks for another try at copying a message's file. */
export const retryMedia = (chatId: ChatId, messageId: MessageId) =>
  request<{ message: Message } | undefined>('POST', `${messagePath(chatId, messageId)}/media/retry`)
/** Null takes one's reaction back. */
export const react = (chatId: ChatId, messageId: MessageId, emoji: string | null) =>
  request<{ message: Message } | undefined>('PUT', `${messagePath(chatId, messageId)}/reaction`, { emoji })
export const listEdits = (chatId: ChatId, messageId: MessageId, signal?: AbortSignal) =>
  request<{ items: EarlierText[] }>('GET', `${messagePath(chatId, messageId)}/edits`, undefined, signal)

export const listPipelines = (signal?: AbortSignal) =>
  request<{ items: Pipeline[] }>('GET', '/pipelines', undefined, signal)

export const listConnections = (signal?: AbortSignal) =>
  request<{ items: Connection[] }>('GET', '/connections', undefined, signal)
export const switchChannelOn = (channelId: ChannelId) =>
  request<{ connection: Connection }>('POST', `${channelPath(channelId)}/switch-on`)
export const switchChannelOff = (channelId: ChannelId) =>
  request<{ connection: Connection }>('POST', `${channelPath(channelId)}/switch-off`)
export const listSources = (channelId: ChannelId, signal?: AbortSignal) =>
  request<{ items: Source[] }>('GET', `${channelPath(channelId)}/sources`, undefined, signal)
