import type {
  Notification,
  NotificationId,
  NotificationKind,
  NotificationPage,
  NotificationSettingsAnswer,
  NotificationSettingsChange,
  PushState,
  ReadNotificationsRequest,
  SubscribePushRequest,
  Unread,
} from '@parley/protocol/model'
import { request } from '../api.ts'
import type { PageKey } from '../endpoints.ts'

const LIMIT = 30

/** Which notifications a list shows; an absent condition asks nothing. */
export interface NoticeFilter {
  /** Addressed to the user, or about what is his. */
  for?: 'me'
  kind?: NotificationKind
  only?: 'unread'
}

export function listNotifications(filter: NoticeFilter, after: PageKey, signal?: AbortSignal) {
  const query = new URLSearchParams({ limit: String(LIMIT), ...filter, ...(after !== null && { after }) })
  return request<NotificationPage>('GET', `/notifications?${query}`, undefined, signal)
}

export const readNotifications = (body: ReadNotificationsRequest) =>
  request<Unread>('POST', '/notifications/read', body)
export const snoozeNotification = ({ id }: Pick<Notification, 'id'>, until: number) =>
  request<Unread>('POST', `/notifications/${id}/snooze`, { until })
export const unsnoozeNotification = (id: NotificationId) => request<void>('DELETE', `/notifications/${id}/snooze`)

export const getNotificationSettings = (signal?: AbortSignal) =>
  request<NotificationSettingsAnswer>('GET', '/notification-settings', undefined, signal)
export const changeNotificationSettings = (change: NotificationSettingsChange) =>
  request<NotificationSettingsAnswer>('PATCH', '/notification-settings', change)

export const getPushState = (signal?: AbortSignal) => request<PushState>('GET', '/push', undefined, signal)
export const subscribePush = (body: SubscribePushRequest) => request<PushState>('POST', '/push/browsers', body)
export const unsubscribePush = (endpoint: string) => request<void>('POST', '/push/unsubscribe', { endpoint })
export const removePushBrowser = (id: number) => request<void>('DELETE', `/push/browsers/${id}`)
export const testPush = () => request<void>('POST', '/push/test')

/** Somebody looks at this screen, or does not any more; the page may be going away. */
export const tellScreen = (isVisible: boolean) =>
  fetch('/api/app/v1/screen', {
    method: 'POST',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ isVisible }),
  })
