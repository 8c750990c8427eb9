import type { NotificationId } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { markRead, type NotificationsData, withCount } from './appliers/notifications.ts'
import { readNotifications } from './endpoints.ts'
import { keys } from './query-keys.ts'

/** Marks notifications as read, at once; what the server refuses is read from it again. */
export function useMarkNotifications() {
  const client = useQueryClient()
  const change = (apply: (data: NotificationsData) => NotificationsData) =>
    client.setQueryData<NotificationsData>(keys.notifications, (data) => data && apply(data))

  const mutation = useMutation({
    mutationFn: (ids: NotificationId[] | 'all') => readNotifications(ids === 'all' ? { all: true } : { ids }),
    onMutate: (ids) => void change((data) => markRead(data, ids)),
    onSuccess: (counted) => void change((data) => withCount(data, counted)),
    onError: () => client.invalidateQueries({ queryKey: keys.notifications }),
  })
  return { mark: mutation.mutate, error: mutation.error }
}
