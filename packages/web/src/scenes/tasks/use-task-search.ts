import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMe } from '../../data/queries.ts'
import type { TaskWish } from '../../data/tasks/task-keys.ts'
import type { TaskSearch } from '../../data/tasks/task-search.ts'

type Change = { [Name in keyof TaskSearch]?: TaskSearch[Name] | undefined }

/** What the address asks for, and how to ask for something else. */
export function useTaskSearch() {
  const search = useSearch({ from: '/app/tasks' })
  const navigate = useNavigate({ from: '/tasks' })
  const me = useMe()
  const wish: TaskWish = {
    isDone: search.view === 'done',
    responsible: search.who ?? me.user.id,
    ...(search.kind && { kind: search.kind }),
  }
  function change(to: Change) {
    const next = Object.entries({ ...search, ...to }).filter(([, value]) => value !== undefined)
    void navigate({ search: Object.fromEntries(next) as TaskSearch, replace: true })
  }
  return { search, wish, change }
}
