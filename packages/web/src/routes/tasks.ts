import { createRoute } from '@tanstack/react-router'
import { readTaskSearch } from '../data/tasks/task-search.ts'
import { lazyScene } from './lazy-scene.ts'
import { appRoute } from './root.ts'

const tasks = createRoute({
  getParentRoute: () => appRoute,
  path: '/tasks',
  component: lazyScene(() => import('../scenes/tasks/Tasks.tsx'), 'Tasks', ['tasks', 'task', 'values']),
  validateSearch: readTaskSearch,
})

export const taskRoutes = [tasks] as const
