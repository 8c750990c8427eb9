import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

const load = () => import('../scenes/developer/Developer.tsx')

/** The channels this account registered. */
const developer = createRoute({
  getParentRoute: () => appRoute,
  path: '/developer',
  component: lazyScene(load, 'Developer', ['developer', 'channels']),
})

/** One of them, at its first tab. */
const channel = createRoute({
  getParentRoute: () => appRoute,
  path: '/developer/$channelId',
  component: lazyScene(load, 'ChannelConsole', ['developer']),
})

const tab = createRoute({
  getParentRoute: () => appRoute,
  path: '/developer/$channelId/$tab',
  component: lazyScene(load, 'ChannelConsole', ['developer']),
  // Each tab reads its own: what is open, filters.
  validateSearch: (search: Record<string, unknown>) => search,
})

export const developerRoutes = [developer, channel, tab] as const
