import type { Notification, NotificationId, NotificationPage, RealtimeEvent, Unread } from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'

export type NotificationsData = InfiniteData<NotificationPage, PageKey>

/** How many are unread; only the first page's figure is kept up to date. */
export const countUnread = (data: NotificationsData): number => data.pages[0]?.unread ?? 0

export function flattenNotifications(data: NotificationsData): Notification[] {
  const byId = new Map<number, Notification>()
  for (const page of data.pages) for (const item of page.items) if (!byId.has(item.id)) byId.set(item.id, item)
  return [...byId.values()]
}

export function applyToNotifications(data: NotificationsData, events: readonly RealtimeEvent[]): NotificationsData {
  return events.reduce(applyOne, data)
}

function applyOne(data: NotificationsData, event: RealtimeEvent): NotificationsData {
  const { notification, unreadNotifications } = event
  let next = data
  if (notification) next = putNotification(next, notification, event.seq)
  if (unreadNotifications !== undefined) next = withCount(next, unreadNotifications)
  if (unreadNotifications?.unread === 0) next = markRead(next, 'all')
  return next
}

function putNotification(data: NotificationsData, notification: Notification, seq: number): NotificationsData {
  const held = data.pages.flatMap((page) => page.items).find((item) => item.id === notification.id)
  if (held) {
    // What was read stays read: an event tells of a notification as it was for one who had not seen it.
    const shown = { ...notification, isRead: held.isRead || notification.isRead }
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === shown.id ? shown : item)),
    }))
    return withUnread({ ...data, pages }, countUnread(data) + Number(held.isRead) - Number(shown.isRead))
  }
  const [first, ...rest] = data.pages
  if (!first || data.pageParams[0] !== null) return data
  const withNew = { ...first, items: [notification, ...first.items] }
  // The count may have been taken after this was made, and the news of it come later.
  const isCounted = notification.isRead || seq <= first.seq
  return withUnread({ ...data, pages: [withNew, ...rest] }, countUnread(data) + (isCounted ? 0 : 1))
}

/** More items look unread than are: some were read elsewhere, and the event did not say which. */
export function hasStaleItems(data: NotificationsData): boolean {
  return flattenNotifications(data).filter((item) => !item.isRead).length > countUnread(data)
}

/** Marks some or all as read, and counts what is left. */
export function markRead(data: NotificationsData, ids: readonly NotificationId[] | 'all'): NotificationsData {
  let marked = 0
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      if (item.isRead || (ids !== 'all' && !ids.includes(item.id))) return item
      marked += 1
      return { ...item, isRead: true }
    }),
  }))
  if (ids === 'all') return withUnread({ ...data, pages }, 0)
  return marked === 0 ? data : withUnread({ ...data, pages }, countUnread(data) - marked)
}

/** A count the server made, with the event it goes up to; an older one than ours is old news. */
export function withCount(data: NotificationsData, { unread, seq }: Unread): NotificationsData {
  const [first, ...rest] = data.pages
  if (!first || seq < first.seq) return data
  return withUnread({ ...data, pages: [{ ...first, seq }, ...rest] }, unread)
}

function withUnread(data: NotificationsData, unread: number): NotificationsData {
  const [first, ...rest] = data.pages
  if (!first || first.unread === unread) return data
  return { ...data, pages: [{ ...first, unread: Math.max(0, unread) }, ...rest] }
}
