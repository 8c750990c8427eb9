import type { Me, NotificationPage } from '@parley/protocol/model'
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useConnection } from '../connection.ts'
import type { PageKey } from '../endpoints.ts'
import { fetchFresh } from '../fresh.ts'
import { keys } from '../query-keys.ts'
import { getNotificationSettings, getPushState, listNotifications, type NoticeFilter } from './endpoints.ts'
import { applyToNotifications, flattenNotifications, type NotificationsData } from './notice-list.ts'

const FIRST: PageKey = null

const noticesQuery = (filter: NoticeFilter, me: Me | undefined) =>
  infiniteQueryOptions<NotificationPage, Error, NotificationsData, ReturnType<typeof keys.notices>, PageKey>({
    queryKey: keys.notices(filter),
    initialPageParam: FIRST,
    queryFn: ({ pageParam, signal }): Promise<NotificationPage> =>
      fetchFresh(
        () => listNotifications(filter, pageParam, signal),
        (page, events) =>
          applyToNotifications({ pages: [page], pageParams: [pageParam] }, events, { filter, userId: me?.user.id })
            .pages[0]!,
      ),
    getNextPageParam: (page: NotificationPage) => page.next ?? undefined,
  })

/** The whole list carries the count of the bell. */
const EVERYTHING: NoticeFilter = {}

export function useNotifications(filter: NoticeFilter = EVERYTHING) {
  const enabled = useConnection((state) => state.canRead)
  const me = useQueryClient().getQueryData<Me>(keys.me)
  const query = useInfiniteQuery({ ...noticesQuery(filter, me), enabled })
  const notifications = useMemo(() => (query.data ? flattenNotifications(query.data) : []), [query.data])
  return { query, notifications, unread: query.data?.pages[0]?.unread ?? 0 }
}

export const noticeSettingsQuery = queryOptions({
  queryKey: keys.notificationSettings,
  queryFn: ({ signal }) => getNotificationSettings(signal),
})

export function useNoticeSettings() {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({ ...noticeSettingsQuery, enabled })
}

/** Where the user gets pushes. */
export const pushQuery = queryOptions({ queryKey: keys.push, queryFn: ({ signal }) => getPushState(signal) })

export function usePushState() {
  const enabled = useConnection((state) => state.canRead)
  return useQuery({ ...pushQuery, enabled })
}
