import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ContactSearch } from '../../data/contacts/contact-search.ts'

type Changes = { [Name in keyof ContactSearch]?: ContactSearch[Name] | undefined }

/** What the address says of the list, and how to change it. */
export function useContactSearch() {
  const search = useSearch({ strict: false }) as ContactSearch
  const navigate = useNavigate()
  const change = useCallback(
    (changes: Changes) =>
      void navigate({
        to: '/contacts',
        replace: true,
        search: (before: ContactSearch) => {
          const next = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== undefined)
          return Object.fromEntries(next) as ContactSearch
        },
      }),
    [navigate],
  )
  return { search, change }
}
