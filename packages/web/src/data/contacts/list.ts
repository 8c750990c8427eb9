import type { ContactRow, DuplicateGroup, Page } from '@parley/protocol/model'
import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { addApplier } from '../appliers/more.ts'
import { soon } from '../board/soon.ts'
import { useConnection } from '../connection.ts'
import type { PageKey } from '../endpoints.ts'
import { fetchFresh } from '../fresh.ts'
import { applyToPage } from './contact-rows.ts'
import { type ContactWish, listContacts, listDuplicates } from './endpoints.ts'

const LISTS = ['contacts'] as const
const DUPLICATES = ['contact-duplicates'] as const

type Rows = InfiniteData<Page<ContactRow>, PageKey>

/** The list, page by page, kept fresh by the stream. */
export function useContacts(wish: ContactWish) {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery<Page<ContactRow>, Error, Rows, readonly unknown[], PageKey>({
    queryKey: [...LISTS, wish],
    initialPageParam: null,
    enabled,
    queryFn: ({ pageParam, signal }) => fetchFresh(() => listContacts(wish, pageParam, signal), applyToPage),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const contacts = useMemo(() => {
    // One that moved while pages were read may stand in two of them.
    const rows = new Map((query.data?.pages ?? []).flatMap((page) => page.items).map((row) => [row.id, row]))
    return [...rows.values()]
  }, [query.data])
  return { query, contacts }
}

/** People who may be the same. */
export function useDuplicates() {
  const enabled = useConnection((state) => state.canRead)
  const query = useInfiniteQuery<
    Page<DuplicateGroup>,
    Error,
    InfiniteData<Page<DuplicateGroup>>,
    readonly string[],
    PageKey
  >({
    queryKey: DUPLICATES,
    initialPageParam: null,
    enabled,
    queryFn: ({ pageParam, signal }) => listDuplicates(pageParam, signal),
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const groups = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { query, groups }
}

/** Takes what was dealt with off the list at once. */
export function dropDuplicates(client: QueryClient, { kind, value }: Pick<DuplicateGroup, 'kind' | 'value'>): void {
  client.setQueryData<InfiniteData<Page<DuplicateGroup>>>(
    DUPLICATES,
    (held) =>
      held && {
        ...held,
        pages: held.pages.map((page) => ({
          ...page,
          items: page.items.filter((group) => group.kind !== kind || group.value !== value),
        })),
      },
  )
}

export const readDuplicatesAgain = (client: QueryClient) => client.invalidateQueries({ queryKey: DUPLICATES })

const LIST_DELAY_MS = 1000
const gathered = new WeakMap<QueryClient, (what: readonly true[]) => void>()

function readListsSoon(client: QueryClient): void {
  const known = gathered.get(client)
  const read =
    known ??
    soon<true>(LIST_DELAY_MS, () => {
      void client.invalidateQueries({ queryKey: LISTS })
      void readDuplicatesAgain(client)
    })
  if (!known) gathered.set(client, read)
  read([true])
}

addApplier((client, events) => {
  if (!events.some((event) => event.contact ?? event.removedContactId ?? event.hiddenContactId)) return
  client.setQueriesData<Rows>(
    { queryKey: LISTS },
    (held) => held && { ...held, pages: held.pages.map((page) => applyToPage(page, events)) },
  )
  readListsSoon(client)
})
