import { createRoute, redirect } from '@tanstack/react-router'
import { CONSENT_PATH, consentHref } from '../data/integrations/asked.ts'
import { meQuery } from '../data/queries.ts'
import { isLoggedOut } from '../data/session.ts'
import { StartProblem } from '../shell/Fallbacks.tsx'
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

/** Needs somebody, but no shell: whoever comes here came from elsewhere, and goes on. */
const consent = createRoute({
  getParentRoute: () => rootRoute,
  path: CONSENT_PATH,
  component: lazyScene(() => import('../scenes/login/Consent.tsx'), 'Consent', ['integrations']),
  errorComponent: StartProblem,
  beforeLoad: async ({ context }) => {
    try {
      await context.client.ensureQueryData(meQuery)
    } catch (error) {
      if (!isLoggedOut(error)) throw error
      throw redirect({ to: '/login', search: { next: consentHref() } })
    }
  },
})

/** Places that need nobody to be logged in. */
export const DOORS = /^\/(login|signup|invite|password)(\/|$)/

export const loginRoutes = [login, signup, invite, forgotten, password, consent] as const
