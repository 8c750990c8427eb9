import { createRoute } from '@tanstack/react-router'
import { type BoardSearch, readBoardSearch } from '../data/board/board-search.ts'
import type { Namespace } from '../i18n/namespaces.ts'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'
import type { RawSearch } from './search.ts'

// What a message is called in one line stands with the inbox's texts.
const texts: readonly Namespace[] = ['pipeline', 'incoming', 'lead', 'link', 'inbox']

const load = () => import('../scenes/pipeline/Pipeline.tsx')

/** The main pipeline. */
const main = createRoute({
  getParentRoute: () => appRoute,
  path: '/pipeline',
  component: lazyScene(load, 'Pipeline', texts),
  validateSearch: readBoardSearch,
})

const one = createRoute({
  getParentRoute: () => appRoute,
  path: '/pipeline/$pipelineId',
  component: lazyScene(load, 'Pipeline', texts),
  validateSearch: readBoardSearch,
})

const incoming = createRoute({
  getParentRoute: () => appRoute,
  path: '/incoming',
  component: lazyScene(() => import('../scenes/incoming/Incoming.tsx'), 'Incoming', texts),
  // The lead whose card is open beside the list.
  validateSearch: (search: RawSearch): Pick<BoardSearch, 'lead'> => {
    const { lead } = readBoardSearch(search)
    return lead ? { lead } : {}
  },
})

export const pipelineRoutes = [main, one, incoming] as const
