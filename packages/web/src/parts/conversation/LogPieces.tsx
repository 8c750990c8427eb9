import { clsx } from 'clsx'
import { ArrowDown } from 'lucide-react'
import type { ThreadQuery } from '../../data/conversation/use-thread.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { ProblemLine } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import { PostCard } from './message/PostCard.tsx'
import type { ThreadRow } from './thread-rows.ts'

/** What stands between messages: a day, the line before what is new, a post. */
export function Separator({ row }: { row: Exclude<ThreadRow, { kind: 'message' | 'note' }> }) {
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

/** Pages before and after what is loaded, on their way or failed. */
export function NearState({ query }: { query: ThreadQuery }) {
  const { fetchNextPage, fetchPreviousPage } = query
  if (query.isFetchingNextPage) return <NearLine isAbove text={t('thread.earlier')} />
  if (query.isFetchingPreviousPage) return <NearLine text={t('thread.later')} />
  if (query.isFetchNextPageError)
    return <NearProblem isAbove title={t('thread.earlierFailed')} onRetry={() => void fetchNextPage()} />
  if (query.isFetchPreviousPageError)
    return <NearProblem title={t('thread.laterFailed')} onRetry={() => void fetchPreviousPage()} />
  return null
}

const nearPlace = (isAbove: boolean) =>
  clsx('absolute left-1/2 -translate-x-1/2 rounded-full bg-raised shadow-pop', isAbove ? 'top-9' : 'bottom-9')

function NearLine({ text, isAbove = false }: { text: string; isAbove?: boolean }) {
  return (
    <p role="status" className={clsx(nearPlace(isAbove), 'px-3 py-1 text-xs whitespace-nowrap text-ink-3')}>
      {text}
    </p>
  )
}

function NearProblem({ isAbove = false, ...problem }: { title: string; onRetry: () => void; isAbove?: boolean }) {
  return (
    <div className={nearPlace(isAbove)}>
      <ProblemLine {...problem} />
    </div>
  )
}

/** Comments are looked for further back when somebody asks: most of what is loaded on the way may be something else. */
export function LookFurtherBack({ query }: { query: ThreadQuery }) {
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

/** The way back to the newest; says how much is new there instead of going by itself. */
export function JumpButton({ count, onJump, onWheel }: JumpButtonProps) {
  const label = count > 0 ? t('thread.newPill', { count }) : t('thread.jump')
  return (
    <button
      type="button"
      aria-label={count > 0 ? t('thread.jumpNew', { count }) : undefined}
      onClick={onJump}
      onWheel={(event) => onWheel(event.deltaY)}
      className={clsx(
        'tnum absolute bottom-3 flex h-8 items-center gap-1.5 rounded-full ps-3 pe-2.5 text-xs font-medium whitespace-nowrap shadow-pop pointer-coarse:h-10',
        count > 0
          ? 'left-1/2 -translate-x-1/2 bg-accent text-on-accent hover:bg-accent-hover'
          : 'end-5 bg-raised text-ink-2 hover:text-ink',
      )}
    >
      {label}
      <ArrowDown size={15} aria-hidden="true" />
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
