import type { ChatId } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from './data/queries.ts'
import { isLoggedOut } from './data/session.ts'
import { Inbox } from './scenes/inbox/Inbox.tsx'
import { NotFound, StartProblem } from './shell/Fallbacks.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound })

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

interface LoginSearch {
  /** Where to go after the log-in: a path of ours. */
  next?: string
}

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./scenes/login/Login.tsx'), 'Login'),
  validateSearch: (search: Record<string, unknown>): LoginSearch => {
    const next = text(search.next)
    return next?.startsWith('/') && !next.startsWith('//') ? { next } : {}
  },
})

/** Everything below asks who is logged in first. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  errorComponent: StartProblem,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery)
    } catch (error) {
      if (!isLoggedOut(error)) throw error
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
    }
  },
})

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox', replace: true })
  },
})

interface InboxSearch {
  /** The open chat. */
  c?: ChatId
}

const inbox = createRoute({
  getParentRoute: () => app,
  path: '/inbox',
  component: Inbox,
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const chatId = text(search.c)
    return chatId === undefined ? {} : { c: chatId as ChatId }
  },
})

export function createAppRouter(client: QueryClient) {
  return createRouter({ routeTree: root.addChildren([login, app.addChildren([home, inbox])]), context: { client } })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
