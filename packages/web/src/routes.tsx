import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { analyticsRoutes } from './routes/analytics.ts'
import { cardRoutes } from './routes/cards.ts'
import { developerRoutes } from './routes/developer.ts'
import { docsRoutes } from './routes/docs.ts'
import { inboxRoutes } from './routes/inbox.ts'
import { kitRoutes } from './routes/kit.ts'
import { loginRoutes } from './routes/login.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { pipelineRoutes } from './routes/pipeline.ts'
import { appRoute, rootRoute } from './routes/root.ts'
import { searchRoutes } from './routes/search-scene.ts'
import { settingsRoutes } from './routes/settings.ts'
import { taskRoutes } from './routes/tasks.ts'

/** A file of `routes/` per area; what stands below `appRoute` asks who is logged in first. */
const routeTree = rootRoute.addChildren([
  ...loginRoutes,
  ...kitRoutes,
  ...docsRoutes,
  appRoute.addChildren([
    ...inboxRoutes,
    ...notificationRoutes,
    ...pipelineRoutes,
    ...analyticsRoutes,
    ...cardRoutes,
    ...taskRoutes,
    ...searchRoutes,
    ...developerRoutes,
    ...settingsRoutes,
  ]),
])

export function createAppRouter(client: QueryClient) {
  return createRouter({ routeTree, context: { client } })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
