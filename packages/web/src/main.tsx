import './app.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queryDefaults, startQuery } from './data/queries.ts'
import { startSaid } from './i18n/said.ts'
import { loadTexts, startLanguage, useLanguage } from './i18n/texts.ts'
import { inboxTexts } from './routes/inbox.ts'
import { DOORS } from './routes/login.ts'
import { createAppRouter } from './routes.tsx'
import { showCannotStart } from './shell/show-cannot-start.ts'
import { startTheme } from './shell/theme.ts'

startTheme()
startLanguage()
startSaid()

const client = new QueryClient({ defaultOptions: { queries: queryDefaults, mutations: { networkMode: 'always' } } })
const router = createAppRouter(client)
/** Places that need nobody to be logged in. */
const isOutside = DOORS.test(location.pathname) || /^\/(kit|docs)(\/|$)/.test(location.pathname)

// Where the stream begins is asked for together with who we are, not after it.
if (!isOutside) void client.prefetchQuery(startQuery)

/** Drawn anew in another language: what was on the screen is in the address, in the caches and in the drafts. */
function App() {
  const language = useLanguage((state) => state.language)
  return (
    // The page's policy takes no styles but those of its own files.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={client}>
        <RouterProvider key={language} router={router} />
      </QueryClientProvider>
    </CSPProvider>
  )
}

const root = document.getElementById('root')!
loadTexts('common', ...(isOutside ? (['login'] as const) : inboxTexts)).then(
  () => createRoot(root).render(<App />),
  (error: unknown) => showCannotStart(root, error),
)
