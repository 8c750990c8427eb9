import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { BoardSearch } from '../../data/board/board-search.ts'

type Changes = { [Name in keyof BoardSearch]?: BoardSearch[Name] | undefined }

/** What the address says of the board, and how to change it. Filters and views replace it, a card that opens is a step back. */
export function useBoardSearch() {
  const search = useSearch({ strict: false }) as BoardSearch
  const navigate = useNavigate()
  const change = useCallback(
    (changes: Changes, { isStep = false } = {}) =>
      void navigate({
        to: '.',
        search: (before: BoardSearch) => withoutEmpty({ ...before, ...changes }),
        replace: !isStep,
      } as unknown as Parameters<typeof navigate>[0]),
    [navigate],
  )
  return { search, change }
}

const withoutEmpty = (search: Changes): BoardSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
