import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { rootRoute } from './root.ts'
import { type RawSearch, searchText } from './search.ts'

interface LoginSearch {
  /** Where to go after the log-in: a path of ours. */
  next?: string
}

const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyScene(() => import('../scenes/login/Login.tsx'), 'Login', ['login']),
  validateSearch: (search: RawSearch): LoginSearch => {
    const next = searchText(search.next)
    return next?.startsWith('/') && !next.startsWith('//') ? { next } : {}
  },
})

export const loginRoutes = [login] as const
