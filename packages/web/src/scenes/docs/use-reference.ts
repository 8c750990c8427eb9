import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { documentQuery } from '../../data/docs/documents.ts'
import { makeReference, type Reference } from './reference.ts'

/** The whole reference, once both documents are here. */
export function useReference(): { reference: Reference | undefined; error: Error | null; retry: () => void } {
  const chats = useQuery(documentQuery('chats'))
  const app = useQuery(documentQuery('app'))
  const reference = useMemo(
    () => (chats.data && app.data ? makeReference({ chats: chats.data, app: app.data }) : undefined),
    [chats.data, app.data],
  )
  const retry = () => {
    for (const query of [chats, app]) if (query.isError) void query.refetch()
  }
  return { reference, error: chats.error ?? app.error, retry }
}
