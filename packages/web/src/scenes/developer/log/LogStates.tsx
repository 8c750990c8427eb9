import { CodeXml } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../../parts/Button.tsx'
import { Notice, Problem, ProblemLine } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'

interface Props {
  query: {
    data: unknown
    isError: boolean
    error: unknown
    refetch: () => unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => unknown
  }
  isEmpty: boolean
  empty: { title: string; hint: string }
  failed: string
  /** What the button for more says; a search says how far back it came. */
  more: string
  children: ReactNode
}

/** A log's lines, or why there are none, and the way to older ones. */
export function LogStates({ query, isEmpty, empty, failed, more, children }: Props) {
  if (query.data === undefined)
    return query.isError ? (
      <Problem title={failed} error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows count={12} height={40} />
    )
  if (isEmpty && !query.hasNextPage)
    return (
      <Notice {...empty} drawing={<CodeXml size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />} />
    )
  return (
    <>
      {children}
      {query.isFetchNextPageError ? (
        <ProblemLine title={failed} onRetry={() => void query.fetchNextPage()} />
      ) : (
        query.hasNextPage && (
          <div className="flex justify-center p-3">
            <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {more}
            </Button>
          </div>
        )
      )}
    </>
  )
}
