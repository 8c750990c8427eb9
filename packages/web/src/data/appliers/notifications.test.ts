import type { Notification, NotificationId, RealtimeEvent } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import {
  applyToNotifications,
  countUnread,
  flattenNotifications,
  hasStaleItems,
  markRead,
  type NotificationsData,
} from './notifications.ts'

const item = (id: number, isRead = false) => ({ id: id as NotificationId, isRead, title: `n${id}` }) as Notification
const created = (notification: Notification, seq = 11): RealtimeEvent => ({
  seq,
  type: 'notification.created',
  notification,
})
const loaded = (): NotificationsData => ({
  pageParams: [null],
  pages: [{ items: [item(2), item(1, true)], next: 'older', unread: 5, seq: 10 }],
})

describe('notifications', () => {
  test('a new one comes first and counts, once', () => {
    const once = applyToNotifications(loaded(), [created(item(3))])
    expect(flattenNotifications(once).map(({ id }) => id as number)).toEqual([3, 2, 1])
    expect(countUnread(once)).toBe(6)
    expect(countUnread(applyToNotifications(once, [created(item(3))]))).toBe(6)
  })

  test('one that the page has counted already, told late, is not counted again', () => {
    const late = applyToNotifications(loaded(), [created(item(3), 10)])
    expect(countUnread(late)).toBe(5)
    const recounted = applyToNotifications(loaded(), [
      { seq: 12, type: 'notification.read', unreadNotifications: { unread: 2, seq: 14 } },
      created(item(4), 13),
      created(item(5), 15),
    ])
    expect(countUnread(recounted)).toBe(3)
  })

  test('what was read stays read when its creation is told again', () => {
    const data = applyToNotifications(loaded(), [created(item(1))])
    expect(countUnread(data)).toBe(5)
    expect(flattenNotifications(data)[1]?.isRead).toBe(true)
  })

  test('marking one or all counts down', () => {
    expect(countUnread(markRead(loaded(), [2 as NotificationId]))).toBe(4)
    expect(countUnread(markRead(loaded(), [1 as NotificationId]))).toBe(5)
    expect(countUnread(markRead(loaded(), 'all'))).toBe(0)
  })

  test('reading elsewhere sets the count; when all are read every item is', () => {
    const all = applyToNotifications(loaded(), [
      { seq: 12, type: 'notification.read', unreadNotifications: { unread: 0, seq: 12 } },
    ])
    expect(flattenNotifications(all).every(({ isRead }) => isRead)).toBe(true)
    expect(hasStaleItems(all)).toBe(false)
  })

  test('fewer unread than the items show: some of them are stale', () => {
    const two = applyToNotifications(loaded(), [created(item(3))])
    const data = applyToNotifications(two, [
      { seq: 12, type: 'notification.read', unreadNotifications: { unread: 1, seq: 12 } },
    ])
    expect(countUnread(data)).toBe(1)
    expect(hasStaleItems(data)).toBe(true)
  })
})
