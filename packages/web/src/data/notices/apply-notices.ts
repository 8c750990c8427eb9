import type { Me, Notification, RealtimeEvent } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import type { NoticeFilter } from './endpoints.ts'
import { applyToNotifications, hasStaleItems, markRead, mayBeAnothers, type NotificationsData } from './notice-list.ts'

/** Puts what is told into every list of notifications there is. */
export function applyNotices(client: QueryClient, events: readonly RealtimeEvent[]): void {
  const userId = client.getQueryData<Me>(keys.me)?.user.id
  changeLists(client, (data, filter) => applyToNotifications(data, events, { filter, userId }))
  const all = client.getQueryData<NotificationsData>(keys.notices({}))
  const isOtherwise = events.some(({ topic }) => topic === keys.notificationSettings[0])
  if (isOtherwise || (all && (hasStaleItems(all) || mayBeAnothers(all, events))))
    void client.invalidateQueries({ queryKey: keys.everyNotice })
}

/** What somebody has before his eyes is read before the server says so. */
export function markNoticesRead(client: QueryClient, isMarked: (item: Notification) => boolean): void {
  changeLists(client, (data) => markRead(data, isMarked))
}

export function changeLists(
  client: QueryClient,
  change: (data: NotificationsData, filter: NoticeFilter) => NotificationsData,
): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: keys.everyNotice })) {
    const filter = queryKey[1] as NoticeFilter
    client.setQueryData<NotificationsData>(queryKey, (data) => data && change(data, filter))
  }
}
