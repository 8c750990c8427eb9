import type {
  Notification,
  NotificationId,
  NotificationPage,
  RealtimeEvent,
  Unread,
  UserId,
} from '@parley/protocol/model'
import type { InfiniteData } from '@tanstack/react-query'
import type { PageKey } from '../endpoints.ts'
import type { NoticeFilter } from './endpoints.ts'

export type NotificationsData = InfiniteData<NotificationPage, PageKey>

/** How many are unread; only the first page's figure is kept up to date. */
export const countUnread = (data: NotificationsData): number => data.pages[0]?.unread ?? 0

export function flattenNotifications(data: NotificationsData): Notification[] {
  const byId = new Map<number, Notification>()
  for (const page of data.pages) for (const item of page.items) if (!byId.has(item.id)) byId.set(item.id, item)
  return [...byId.values()]
}

/** What a list shows of what comes, and for whom it is. */
export interface ListFor {
  filter: NoticeFilter
  userId: UserId | undefined
}

const EVERYTHING: ListFor = { filter: {}, userId: undefined }

export function applyToNotifications(
  data: NotificationsData,
  events: readonly RealtimeEvent[],
  list: ListFor = EVERYTHING,
): NotificationsData {
  return events.reduce((next, event) => applyOne(next, event, list), data)
}

function applyOne(data: NotificationsData, event: RealtimeEvent, list: ListFor): NotificationsData {
  const { notification, unreadNotifications } = event
  let next = data
  if (notification) next = putNotification(next, notification, { seq: event.seq, isShown: admits(list, event) })
  if (unreadNotifications !== undefined) next = withCount(next, unreadNotifications)
  if (unreadNotifications?.unread === 0) next = markRead(next, () => true)
  return next
}

/** As the server would answer. What is the user's own is seen by whose the lead in the event is. */
function admits({ filter, userId }: ListFor, { notification, chat, lead }: RealtimeEvent): boolean {
  if (!notification || (filter.kind !== undefined && filter.kind !== notification.kind)) return false
  if (filter.for === undefined || notification.isForMe) return true
  return userId !== undefined && (chat?.responsible?.id === userId || lead?.responsible?.id === userId)
}

interface Arrival {
  seq: number
  isShown: boolean
}

function putNotification(data: NotificationsData, notification: Notification, arrival: Arrival): NotificationsData {
  const held = data.pages.flatMap((page) => page.items).find((item) => item.id === notification.id)
  if (held) {
    // What was read stays read: an event tells of a notification as it was for one who had not seen it.
    const shown = { ...notification, isRead: held.isRead || notification.isRead, snoozedUntil: held.snoozedUntil }
    return withUnread(
      changeItems(data, (item) => (item.id === shown.id ? shown : item)),
      countUnread(data) + Number(held.isRead) - Number(shown.isRead),
    )
  }
  const [first, ...rest] = data.pages
  if (!first || data.pageParams[0] !== null) return data
  const withNew = arrival.isShown ? { ...first, items: [notification, ...first.items] } : first
  // The count may have been taken after this was made, and the news of it come later.
  const isCounted = notification.isRead || arrival.seq <= first.seq
  return withUnread({ ...data, pages: [withNew, ...rest] }, countUnread(data) + (isCounted ? 0 : 1))
}

export function changeItems(data: NotificationsData, change: (item: Notification) => Notification): NotificationsData {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
}

/** More items look unread than are: some were read elsewhere, and the event did not say which. */
export function hasStaleItems(data: NotificationsData): boolean {
  return flattenNotifications(data).filter((item) => !item.isRead).length > countUnread(data)
}

/** Marks as read, and counts what is left; what is not loaded is counted by the server. */
export function markRead(data: NotificationsData, isMarked: (item: Notification) => boolean): NotificationsData {
  const marked = new Set<NotificationId>(
    flattenNotifications(data)
      .filter((item) => !item.isRead && isMarked(item))
      .map(({ id }) => id),
  )
  if (marked.size === 0) return data
  return withUnread(
    changeItems(data, (item) => (marked.has(item.id) ? { ...item, isRead: true } : item)),
    countUnread(data) - marked.size,
  )
}

/** A count the server made, with the event it goes up to; an older one than ours is old news. */
export function withCount(data: NotificationsData, { unread, seq }: Unread): NotificationsData {
  const [first, ...rest] = data.pages
  if (!first || seq < first.seq) return data
  return withUnread({ ...data, pages: [{ ...first, seq }, ...rest] }, unread)
}

export function withUnread(data: NotificationsData, unread: number): NotificationsData {
  const [first, ...rest] = data.pages
  if (!first || first.unread === unread) return data
  return { ...data, pages: [{ ...first, unread: Math.max(0, unread) }, ...rest] }
}

/** Whose a lead is has changed, or it is gone: then some of what is listed may be another's now, or one's own. */
export function mayBeAnothers(data: NotificationsData, events: readonly RealtimeEvent[]): boolean {
  const items = flattenNotifications(data).filter((item) => !item.isRead)
  const chats = new Set(items.map(({ chatId }) => chatId))
  const leads = new Set(items.map(({ leadId }) => leadId))
  return events.some(({ type, chat, lead, note, notification, ...gone }) => {
    const { removedLeadId, hiddenLeadId, removedTaskId } = gone
    const goneChatId = gone.removedChatId ?? gone.hiddenChatId
    if (notification?.kind === 'assigned') return true
    if (removedTaskId !== undefined) return items.some(({ taskId }) => taskId === removedTaskId)
    if (type === 'note.changed') return items.some(({ noteId }) => noteId !== null && noteId === note?.id)
    if (!LEAD_CHANGES.has(type)) return false
    return (
      [chat?.id, goneChatId].some((id) => id !== undefined && chats.has(id)) ||
      [lead?.id, removedLeadId, hiddenLeadId].some((id) => id !== undefined && leads.has(id))
    )
  })
}

const LEAD_CHANGES: ReadonlySet<RealtimeEvent['type']> = new Set([
  'chat.deleted',
  'lead.accepted',
  'lead.declined',
  'lead.updated',
  'lead.restored',
  'lead.deleted',
  'hidden',
])
