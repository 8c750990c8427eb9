import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

const load = () => import('../scenes/settings/Settings.tsx')

/** On a desk the first page, on a phone the list of them. */
const settings = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings',
  component: lazyScene(load, 'Settings', ['settings']),
})

const section = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/$section',
  component: lazyScene(load, 'Settings', ['settings']),
  // Each page reads its own: what is open, filters.
  validateSearch: (search: Record<string, unknown>) => search,
})

/** A thing of a page: a channel, or the form of a new one. */
const part = createRoute({
  getParentRoute: () => appRoute,
  path: '/settings/$section/$part',
  component: lazyScene(load, 'Settings', ['settings']),
})

export const settingsRoutes = [settings, section, part] as const
