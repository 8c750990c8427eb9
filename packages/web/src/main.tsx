import './app.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { chatsQuery, queryDefaults } from './data/queries.ts'
import { createAppRouter } from './routes.tsx'
import { startTheme } from './shell/theme.ts'

startTheme()

const client = new QueryClient({ defaultOptions: { queries: queryDefaults, mutations: { networkMode: 'always' } } })
const router = createAppRouter(client)

// The first page of the inbox is asked for together with who we are, not after it.
if (location.pathname !== '/login') void client.prefetchInfiniteQuery(chatsQuery)

createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={client}>
    <RouterProvider router={router} />
  </QueryClientProvider>,
)
