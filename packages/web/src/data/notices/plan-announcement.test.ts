import type { NoticeWays, Notification, NotificationSettings } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { planAnnouncement } from './plan-announcement.ts'

const NOW = Date.parse('2026-11-28T12:00:00Z')
const LOUD: NoticeWays = { inApp: true, sound: true, desktop: true, email: true }

const settings = (ways: Partial<NoticeWays> = {}, quiet: Partial<NotificationSettings['quiet']> = {}) =>
  ({
    kinds: { new_message: { ...LOUD, ...ways } },
    quiet: { isOn: false, from: 0, to: 0, days: [6], ...quiet },
  }) as NotificationSettings

const notification = (more: Partial<Notification> = {}) =>
  ({ kind: 'new_message', at: NOW - 1000, isRead: false, ...more }) as Notification

const plan = (one = notification(), how = settings()) => planAnnouncement(one, how, { at: NOW, timeZone: 'UTC' })

test('a new one is heard and shown, as its kind is set', () => {
  expect(plan()).toEqual({ sound: true, desktop: true })
  expect(plan(notification(), settings({ sound: false }))).toEqual({ sound: false, desktop: true })
})

test.each([
  ['that was read', notification({ isRead: true }), settings()],
  ['that comes late', notification({ at: NOW - 120_000 }), settings()],
  ['of a kind that is switched off', notification(), settings({ inApp: false })],
  ['in the quiet hours', notification(), settings({}, { isOn: true, from: 11 * 60, to: 13 * 60 })],
])('one %s is silent', (_, one, how) => {
  expect(plan(one, how)).toEqual({ sound: false, desktop: false })
})
