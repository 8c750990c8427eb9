import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { rootRoute } from './root.ts'
import { type RawSearch, searchText } from './search.ts'

interface DocsSearch {
  /** What the contents are filtered by. */
  q?: string
}

const load = () => import('../scenes/docs/Docs.tsx')

function validateSearch(search: RawSearch): DocsSearch {
  const q = searchText(search.q)
  return q === undefined ? {} : { q }
}

/** Without a log-in: it shows nobody's data. Loaded on demand, so the inbox carries none of it. */
const overview = createRoute({
  getParentRoute: () => rootRoute,
  path: '/docs',
  component: lazyScene(load, 'Docs', ['docs']),
  validateSearch,
})

const page = createRoute({
  getParentRoute: () => rootRoute,
  path: '/docs/$',
  component: lazyScene(load, 'Docs', ['docs']),
  validateSearch,
})

export const docsRoutes = [overview, page] as const
