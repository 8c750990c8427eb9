import type {
  Notification,
  NotificationKind,
  NotificationSettings,
  NotificationSettingsAnswer,
  NotificationSettingsChange,
  ReadNotificationsRequest,
} from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../query-keys.ts'
import { changeLists, markNoticesRead } from './apply-notices.ts'
import { changeNotificationSettings, readNotifications, snoozeNotification, unsnoozeNotification } from './endpoints.ts'
import { changeItems, withCount, withUnread } from './notice-list.ts'

const isMarkedBy =
  (what: ReadNotificationsRequest) =>
  (item: Notification): boolean => {
    if ('ids' in what) return what.ids.includes(item.id)
    return 'kind' in what ? what.kind === item.kind : true
  }

/** Marks notifications as read, at once; what the server refuses is read from it again. */
export function useMarkNotifications() {
  const client = useQueryClient()
  const { mutate, error } = useMutation({
    mutationFn: readNotifications,
    onMutate: (what: ReadNotificationsRequest) => {
      markNoticesRead(client, isMarkedBy(what))
      if ('all' in what) changeLists(client, (data) => withUnread(data, 0))
    },
    onSuccess: (counted) => changeLists(client, (data) => withCount(data, counted)),
    onError: () => client.invalidateQueries({ queryKey: keys.everyNotice }),
  })
  return {
    markOne: ({ id }: Notification) => mutate({ ids: [id] }),
    markKind: (kind: NotificationKind) => mutate({ kind }),
    markAll: () => mutate({ all: true }),
    error,
  }
}

/** Puts one off, and takes that back. */
export function useSnooze() {
  const client = useQueryClient()
  const show = ({ id }: Notification, snoozedUntil: number | null) =>
    changeLists(client, (data) => changeItems(data, (item) => (item.id === id ? { ...item, snoozedUntil } : item)))

  return {
    async snooze(notification: Notification, until: number) {
      markNoticesRead(client, ({ id }) => id === notification.id)
      show(notification, until)
      try {
        const counted = await snoozeNotification(notification, until)
        changeLists(client, (data) => withCount(data, counted))
      } catch (error) {
        void client.invalidateQueries({ queryKey: keys.everyNotice })
        throw error
      }
    },
    async unsnooze(notification: Notification) {
      show(notification, null)
      await unsnoozeNotification(notification.id)
    },
  }
}

/** Changes settings at once; what the server refuses is put back. */
export function useChangeNoticeSettings() {
  const client = useQueryClient()
  const { mutate, error, reset } = useMutation({
    mutationFn: changeNotificationSettings,
    onMutate: (change: NotificationSettingsChange) => {
      const before = client.getQueryData<NotificationSettingsAnswer>(keys.notificationSettings)
      if (before) {
        const settings = applyChange(before.settings, change)
        client.setQueryData<NotificationSettingsAnswer>(keys.notificationSettings, { ...before, settings })
      }
      return before
    },
    onError: (_error, _change, before) => client.setQueryData(keys.notificationSettings, before),
    // Several clicks in a row: only the last answer is what they came to.
    onSuccess: (answer) =>
      client.isMutating({ mutationKey: keys.notificationSettings }) <= 1 &&
      client.setQueryData(keys.notificationSettings, answer),
    mutationKey: keys.notificationSettings,
    // One after the other, or the last click might not be the last to arrive.
    scope: { id: 'notification-settings' },
  })
  return { change: mutate, error, forget: reset }
}

function applyChange(settings: NotificationSettings, change: NotificationSettingsChange): NotificationSettings {
  const { kinds, ...rest } = change
  const ways = { ...settings.kinds }
  for (const [kind, given] of Object.entries(kinds ?? {}))
    ways[kind as NotificationKind] = { ...ways[kind as NotificationKind], ...given } as (typeof ways)[NotificationKind]
  return { ...settings, ...(rest as Partial<NotificationSettings>), kinds: ways }
}
