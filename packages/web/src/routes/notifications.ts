import type { NotificationKind } from '@parley/protocol/model'
import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'
import { type RawSearch, searchText } from './search.ts'

const VIEWS = ['all', 'me', 'unread'] as const

interface NotificationsSearch {
  view?: (typeof VIEWS)[number]
  kind?: NotificationKind
}

const notifications = createRoute({
  getParentRoute: () => appRoute,
  path: '/notifications',
  component: lazyScene(() => import('../scenes/notifications/Notifications.tsx'), 'Notifications', ['notifications']),
  validateSearch: (search: RawSearch): NotificationsSearch => {
    const view = VIEWS.find((one) => one === search.view)
    const kind = searchText(search.kind)
    return { ...(view && { view }), ...(kind && { kind: kind as NotificationKind }) }
  },
})

export const notificationRoutes = [notifications] as const
