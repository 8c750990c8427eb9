import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { rootRoute } from './root.ts'

/** Without a log-in: it shows nobody's data. */
const kit = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kit',
  component: lazyScene(() => import('../scenes/kit/Kit.tsx'), 'Kit', ['common']),
})

export const kitRoutes = [kit] as const
