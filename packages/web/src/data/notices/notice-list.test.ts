import type {
  Chat,
  ChatId,
  Lead,
  LeadId,
  Notification,
  NotificationId,
  RealtimeEvent,
  UserId,
} from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import type { NoticeFilter } from './endpoints.ts'
import {
  applyToNotifications,
  countUnread,
  flattenNotifications,
  hasStaleItems,
  markRead,
  mayBeAnothers,
  type NotificationsData,
} from './notice-list.ts'

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
    expect(countUnread(markRead(loaded(), ({ id }) => id === 2))).toBe(4)
    expect(countUnread(markRead(loaded(), ({ id }) => id === 1))).toBe(5)
    // What is not loaded is counted by the server.
    expect(countUnread(markRead(loaded(), () => true))).toBe(4)
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

  test('a list of one kind, or of what is one’s own, takes only what belongs in it; the count is of all', () => {
    const me = 7 as UserId
    const isShown = (filter: NoticeFilter, event: Partial<RealtimeEvent>) => {
      const list = { filter, userId: me }
      const data = applyToNotifications(loaded(), [{ ...created(item(3)), ...event }], list)
      expect(countUnread(data)).toBe(6)
      return flattenNotifications(data).some(({ id }) => id === 3)
    }
    const mention = { ...item(3), kind: 'mention', isForMe: true } as Notification
    expect(isShown({ kind: 'mention' }, { notification: mention })).toBe(true)
    expect(isShown({ kind: 'task_due' }, { notification: mention })).toBe(false)
    expect(isShown({ for: 'me' }, { notification: mention })).toBe(true)
    expect(isShown({ for: 'me' }, {})).toBe(false)
    expect(isShown({ for: 'me' }, { lead: { responsible: { id: me } } as Lead })).toBe(true)
  })

  test('a lead that becomes another’s may take what is listed with it', () => {
    const data: NotificationsData = {
      pageParams: [null],
      pages: [{ items: [{ ...item(2), chatId: 'a' as ChatId, leadId: 5 as LeadId }], next: null, unread: 1, seq: 10 }],
    }
    const isAffected = (event: Partial<RealtimeEvent>) =>
      mayBeAnothers(data, [{ seq: 12, type: 'lead.accepted', ...event }])
    expect(isAffected({ lead: { id: 5 } as Lead })).toBe(true)
    expect(isAffected({ lead: { id: 6 } as Lead })).toBe(false)
    expect(isAffected({ type: 'hidden', hiddenChatId: 'a' as ChatId })).toBe(true)
    expect(isAffected({ type: 'message.received', chat: { id: 'a' } as Chat })).toBe(false)
  })
})
