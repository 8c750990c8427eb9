import { createRoute } from '@tanstack/react-router'
import { readFigureSearch } from '../data/figures/figure-search.ts'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

const analytics = createRoute({
  getParentRoute: () => appRoute,
  path: '/analytics',
  component: lazyScene(() => import('../scenes/analytics/Analytics.tsx'), 'Analytics', ['analytics']),
  validateSearch: readFigureSearch,
})

export const analyticsRoutes = [analytics] as const
