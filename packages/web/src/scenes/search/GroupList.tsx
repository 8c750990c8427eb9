import type { SearchGroup } from '@parley/protocol/model'
import { type ReactNode, useEffect, useRef } from 'react'
import { type SearchItem, useSearchPages } from '../../data/search/queries.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem, ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { LeadRow, MessageRow, PersonRow } from '../../parts/search/HitRows.tsx'
import { SearchedTo } from './SearchedTo.tsx'

/** All hits of one kind; the following ones come as one gets near the end. */
export function GroupList({ q, group }: { q: string; group: SearchGroup }) {
  const { query, items, searchedTo } = useSearchPages(q, group, true)
  const { error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData } =
    query
  const end = useRef<HTMLDivElement>(null)
  // What had to stop half way goes on only when somebody says so.
  const goesOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError && searchedTo === null
  useEffect(() => {
    if (!goesOn || !end.current) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), {
      rootMargin: '400px',
    })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [goesOn, fetchNextPage])

  if (error && items.length === 0)
    return <Problem title={t('search.failed')} error={error} onRetry={() => void refetch()} />
  if (query.isPending) return <SkeletonRows count={8} height={56} hasDisc />
  if (items.length === 0 && searchedTo === null)
    return <Notice title={t('search.nothing')} hint={t('search.nothingHint')} />
  return (
    <div aria-busy={isPlaceholderData}>
      <h2 className="sr-only">{t(`search.group.${group}`)}</h2>
      {items.map((item) => rowOf(group, item))}
      <div ref={end} />
      {isFetchingNextPage && <SkeletonRows count={3} height={56} hasDisc />}
      {isFetchNextPageError && <ProblemLine title={t('search.failed')} onRetry={() => void fetchNextPage()} />}
      {searchedTo !== null && hasNextPage && !isFetchingNextPage && (
        <SearchedTo at={searchedTo} onGoOn={() => void fetchNextPage()} />
      )}
    </div>
  )
}

function rowOf(group: SearchGroup, item: SearchItem<SearchGroup>): ReactNode {
  switch (group) {
    case 'people': {
      const hit = item as SearchItem<'people'>
      return <PersonRow key={hit.contactId ?? hit.chatId} hit={hit} />
    }
    case 'leads': {
      const hit = item as SearchItem<'leads'>
      return <LeadRow key={hit.lead.id} hit={hit} />
    }
    case 'messages': {
      const hit = item as SearchItem<'messages'>
      return <MessageRow key={hit.id} hit={hit} />
    }
  }
}
