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

const signup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/signup',
  component: lazyScene(() => import('../scenes/login/SignUp.tsx'), 'SignUp', ['login']),
})

const invite = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyScene(() => import('../scenes/login/Invite.tsx'), 'Invite', ['login']),
})

const forgotten = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  component: lazyScene(() => import('../scenes/login/ForgottenPassword.tsx'), 'ForgottenPassword', ['login']),
})

const password = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password/$token',
  component: lazyScene(() => import('../scenes/login/NewPassword.tsx'), 'NewPassword', ['login']),
})

/** Places that need nobody to be logged in. */
export const DOORS = /^\/(login|signup|invite|password)(\/|$)/

export const loginRoutes = [login, signup, invite, forgotten, password] as const
