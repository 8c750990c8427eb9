import type {
  AcceptLeadRequest,
  ChatDetails,
  ChatId,
  ChatPage,
  Lead,
  LeadId,
  LogInRequest,
  Me,
  Message,
  MessageId,
  NotificationPage,
  Page,
  Pipeline,
  ReadNotificationsRequest,
  SendMessageInput,
  Unread,
} from '@parley/protocol/model'
import { request } from './api.ts'

const CHATS_LIMIT = 50
const MESSAGES_LIMIT = 50
const NOTIFICATIONS_LIMIT = 30

/** The name of a following page, as the page before gave it; null for the first. */
export type PageKey = string | null

function pageQuery(limit: number, name: 'after' | 'before', key: PageKey): string {
  const query = new URLSearchParams({ limit: String(limit) })
  if (key !== null) query.set(name, key)
  return query.toString()
}

const chatPath = (chatId: ChatId) => `/chats/${encodeURIComponent(chatId)}`

export const logIn = (body: LogInRequest) => request<Me>('POST', '/session', body)
export const logOut = () => request<void>('DELETE', '/session')
export const getMe = (signal?: AbortSignal) => request<Me>('GET', '/me', undefined, signal)

export const listChats = (after: PageKey, signal?: AbortSignal) =>
  request<ChatPage>('GET', `/chats?${pageQuery(CHATS_LIMIT, 'after', after)}`, undefined, signal)
export const getChat = (chatId: ChatId, signal?: AbortSignal) =>
  request<ChatDetails>('GET', chatPath(chatId), undefined, signal)
export const readChat = (chatId: ChatId) => request<void>('POST', `${chatPath(chatId)}/read`)

export const listMessages = (chatId: ChatId, before: PageKey, signal?: AbortSignal) =>
  request<Page<Message>>(
    'GET',
    `${chatPath(chatId)}/messages?${pageQuery(MESSAGES_LIMIT, 'before', before)}`,
    undefined,
    signal,
  )
export const sendText = (chatId: ChatId, body: SendMessageInput) =>
  request<{ message: Message }>('POST', `${chatPath(chatId)}/messages`, body)
export const retryMessage = (chatId: ChatId, messageId: MessageId) =>
  request<{ message: Message }>('POST', `${chatPath(chatId)}/messages/${encodeURIComponent(messageId)}/retry`)

export const listPipelines = (signal?: AbortSignal) =>
  request<{ items: Pipeline[] }>('GET', '/pipelines', undefined, signal)
export const acceptLead = (leadId: LeadId, body: AcceptLeadRequest) =>
  request<Lead>('POST', `/leads/${leadId}/accept`, body)
export const declineLead = (leadId: LeadId) => request<void>('POST', `/leads/${leadId}/decline`)

export const listNotifications = (after: PageKey, signal?: AbortSignal) =>
  request<NotificationPage>(
    'GET',
    `/notifications?${pageQuery(NOTIFICATIONS_LIMIT, 'after', after)}`,
    undefined,
    signal,
  )
export const readNotifications = (body: ReadNotificationsRequest) =>
  request<Unread>('POST', '/notifications/read', body)
