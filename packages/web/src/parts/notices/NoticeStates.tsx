import type { ReactNode } from 'react'
import type { useNotifications } from '../../data/notices/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { Notice, Problem, ProblemLine } from '../Notice.tsx'

type Query = ReturnType<typeof useNotifications>['query']

interface Props {
  query: Query
  isEmpty: boolean
  emptyTitle?: string
  emptyHint?: string
  children: ReactNode
}

/** A list of notifications while it is read, when it is empty, and when it cannot be read. */
export function NoticeStates({ query, isEmpty, emptyTitle, emptyHint, children }: Props) {
  if (query.isPending) return <Loading />
  if (query.isError && isEmpty)
    return <Problem title={t('notifications.failed')} error={query.error} onRetry={() => void query.refetch()} />
  // Much may have to be looked at that is for others: then a page is empty, and not the last.
  if (isEmpty && !query.hasNextPage)
    return <Notice title={emptyTitle ?? t('notifications.empty')} hint={emptyHint ?? t('notifications.emptyHint')} />
  return children
}

/** The way to older ones, at the foot of a list. */
export function OlderNotices({ query }: { query: Query }) {
  if (!query.hasNextPage) return null
  return (
    <li className="flex justify-center p-2">
      {query.isFetchNextPageError ? (
        <ProblemLine title={t('notifications.failed')} onRetry={() => void query.fetchNextPage()} />
      ) : (
        <Button look="ghost" size="sm" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('notifications.older')}
        </Button>
      )}
    </li>
  )
}

function Loading() {
  return (
    <div aria-busy="true" className="space-y-4 p-4">
      {['w-1/2', 'w-2/3', 'w-1/3'].map((width) => (
        <div key={width} className="space-y-2">
          <span className={`skeleton block h-3 ${width}`} />
          <span className="skeleton block h-3 w-5/6" />
        </div>
      ))}
    </div>
  )
}
