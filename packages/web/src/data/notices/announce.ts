import type { Me, Notification, NotificationSettingsAnswer, RealtimeEvent } from '@parley/protocol/model'
import { noticePlace, noticeTag, zoneOf } from '@parley/protocol/notices'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import { claimOnce } from './claim-once.ts'
import { planAnnouncement } from './plan-announcement.ts'
import { mayPlay, playSound } from './play-sound.ts'

/** A tab that is looked at goes first: then nothing has to be shown elsewhere. */
const HIDDEN_WAIT_MS = 150

/** What is written on a desktop notification, in the language of the screens. */
export type Describe = (notification: Notification, isTextHidden: boolean) => { title: string; text: string }

/** Makes notifications that come heard and seen, once for all tabs, as their user has set it. */
export function announce(client: QueryClient, events: readonly RealtimeEvent[], describe: Describe): void {
  const me = client.getQueryData<Me>(keys.me)
  const answer = client.getQueryData<NotificationSettingsAnswer>(keys.notificationSettings)
  if (!me || !answer) return
  for (const { type, notification, actorId } of events) {
    if (type !== 'notification.created' || !notification || actorId === me.user.id) continue
    const now = { at: Date.now(), timeZone: zoneOf(answer.settings, answer.timeZone) }
    const plan = planAnnouncement(notification, answer.settings, now)
    if (plan.sound && mayPlay()) void ring(notification, answer.settings.sound)
    if (plan.desktop) void show(notification, describe(notification, answer.settings.hideText))
  }
}

async function ring({ id }: Notification, sound: NotificationSettingsAnswer['settings']['sound']): Promise<void> {
  await patience()
  if (await claimOnce(`sound.${id}`)) await playSound(sound).catch(() => undefined)
}

async function show(notification: Notification, { title, text }: { title: string; text: string }): Promise<void> {
  await patience()
  if (!(await claimOnce(`desktop.${notification.id}`))) return
  if (document.visibilityState === 'visible' || !('Notification' in window) || Notification.permission !== 'granted')
    return
  const registration = await navigator.serviceWorker?.getRegistration()
  const options = { body: text, tag: noticeTag(notification), icon: '/icons/icon-192.png' }
  // By the worker: a click then finds its tab, also after the page has gone.
  await registration?.showNotification(title, { ...options, data: { url: noticePlace(notification) } })
}

const patience = () =>
  new Promise((resolve) => setTimeout(resolve, document.visibilityState === 'visible' ? 0 : HIDDEN_WAIT_MS))
