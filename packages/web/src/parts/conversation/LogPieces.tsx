import { clsx } from 'clsx'
import { ArrowDown } from 'lucide-react'
import type { useMessages } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import { PostCard } from './message/PostCard.tsx'
import type { ThreadRow } from './thread-rows.ts'

type Query = ReturnType<typeof useMessages>['query']

/** What stands between messages: a day, the line before what is new, a post. */
export function Separator({ row }: { row: Exclude<ThreadRow, { kind: 'message' }> }) {
  const now = useNow()
  if (row.kind === 'day') {
    return (
      <div className="flex justify-center py-3">
        <span className="rounded-full bg-surface px-2.5 py-0.5 text-2xs font-medium text-ink-3 shadow-card dark:bg-raised">
          {format.dayLabel(row.at, now)}
        </span>
      </div>
    )
  }
  if (row.kind === 'post') {
    return (
      <div className="flex justify-center px-6 pt-4 pb-1 max-md:px-3">
        <div className="w-[min(100%,440px)] rounded-lg bg-surface p-2.5 shadow-card dark:bg-raised">
          <PostCard post={row.post} title={t('posts.post')} />
        </div>
      </div>
    )
  }
  return (
    <div className="flex items-center gap-3 px-6 py-2 text-2xs font-semibold text-accent-ink max-md:px-3">
      <span className="h-px flex-1 bg-accent/35" />
      {t('thread.newMessages')}
      <span className="h-px flex-1 bg-accent/35" />
    </div>
  )
}

export function FloatingDay({ at, isShown }: { at: number | undefined; isShown: boolean }) {
  const now = useNow()
  if (at === undefined) return null
  return (
    <div
      aria-hidden="true"
      className={clsx(
        'pointer-events-none absolute top-2 left-1/2 -translate-x-1/2 rounded-full bg-surface px-2.5 py-0.5 text-2xs font-medium text-ink-3 shadow-pop transition-opacity duration-150 dark:bg-raised',
        isShown ? 'opacity-100' : 'opacity-0',
      )}
    >
      {format.dayLabel(at, now)}
    </div>
  )
}

export function EarlierState({ query }: { query: Query }) {
  if (!query.isFetchingNextPage && !query.isFetchNextPageError) return null
  return (
    <div className="absolute top-9 left-1/2 -translate-x-1/2 rounded-full bg-raised shadow-pop">
      {query.isFetchingNextPage ? (
        <p role="status" className="px-3 py-1 text-xs text-ink-3">
          {t('thread.earlier')}
        </p>
      ) : (
        <ProblemLine title={t('thread.earlierFailed')} onRetry={() => void query.fetchNextPage()} />
      )}
    </div>
  )
}

/** Comments are looked for further back when somebody asks: most of what is loaded on the way may be something else. */
export function LookFurtherBack({ query }: { query: Query }) {
  if (!query.hasNextPage) return null
  return (
    <div className="flex justify-center pt-3">
      <button
        type="button"
        disabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
        className="h-7 rounded-full bg-surface px-3 text-xs font-medium text-ink-2 shadow-card hover:text-ink disabled:opacity-45 pointer-coarse:h-10 dark:bg-raised"
      >
        {t('posts.earlier')}
      </button>
    </div>
  )
}

interface JumpButtonProps {
  count: number
  onJump: () => void
  /** It lies over the log, and must not stop the wheel. */
  onWheel: (deltaY: number) => void
}

export function JumpButton({ count, onJump, onWheel }: JumpButtonProps) {
  return (
    <button
      type="button"
      aria-label={count > 0 ? t('thread.jumpNew', { count }) : t('thread.jump')}
      onClick={onJump}
      onWheel={(event) => onWheel(event.deltaY)}
      className="absolute end-5 bottom-3 flex size-9 items-center justify-center rounded-full bg-raised text-ink-2 shadow-pop hover:text-ink pointer-coarse:size-11"
    >
      <ArrowDown size={18} />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tnum absolute -top-1.5 -end-1 flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-1 text-2xs font-semibold text-on-accent"
        >
          {count}
        </span>
      )}
    </button>
  )
}

const SKELETON_WIDTHS = ['52%', '34%', '60%', '28%', '44%', '56%', '38%'] as const

export function LogSkeleton() {
  return (
    <div className="flex h-full flex-col justify-end gap-3 px-6 pb-4 max-md:px-3">
      {SKELETON_WIDTHS.map((width, index) => (
        <span
          key={width}
          className={clsx('skeleton h-9 max-w-[560px] rounded-xl!', index % 3 === 1 && 'self-end')}
          style={{ width }}
        />
      ))}
    </div>
  )
}
