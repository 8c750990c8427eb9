import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router'
import { NoAnswer } from '../data/api.ts'
import { meQuery } from '../data/queries.ts'
import { isLoggedOut } from '../data/session.ts'
import { NotFound, StartProblem } from '../shell/Fallbacks.tsx'
import { Shell } from '../shell/Shell.tsx'

export const rootRoute = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
})

/** Without network: what was on the screen last. The stream tells the rest when it is back. */
async function startFromSnapshot(client: QueryClient): Promise<boolean> {
  const { restoreSnapshot } = await import('../data/offline/snapshot.ts')
  return (await restoreSnapshot(client)) && client.getQueryData(meQuery.queryKey) !== undefined
}

/** Everything below asks who is logged in first. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Shell,
  errorComponent: StartProblem,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery)
    } catch (error) {
      if (isLoggedOut(error))
        throw redirect({ to: '/login', search: location.href === '/' ? {} : { next: location.href } })
      if (!(error instanceof NoAnswer && (await startFromSnapshot(context.client)))) throw error
    }
  },
})
