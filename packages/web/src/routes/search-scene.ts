import type { SearchGroup } from '@parley/protocol/model'
import { createRoute } from '@tanstack/react-router'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'
import type { RawSearch } from './search.ts'

interface SearchSearch {
  q?: string
  /** Only this kind of hits. */
  in?: SearchGroup
}

const search = createRoute({
  getParentRoute: () => appRoute,
  path: '/search',
  component: lazyScene(() => import('../scenes/search/SearchScene.tsx'), 'SearchScene', ['search']),
  validateSearch: ({ q, in: group }: RawSearch): SearchSearch => ({
    ...(isTyped(q) && { q: String(q) }),
    ...(isGroup(group) && { in: group }),
  }),
})

/** Digits alone come as a number. */
const isTyped = (q: unknown) => (typeof q === 'string' && q !== '') || typeof q === 'number' || typeof q === 'boolean'
const GROUPS: readonly unknown[] = ['people', 'leads', 'messages'] satisfies SearchGroup[]
const isGroup = (group: unknown): group is SearchGroup => GROUPS.includes(group)

export const searchRoutes = [search] as const
