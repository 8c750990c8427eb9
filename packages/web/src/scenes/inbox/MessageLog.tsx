import type { Chat, ChatId } from '@parley/protocol/model'
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { ArrowDown } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { useMessages } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { Notice, ProblemLine } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import { MessageRow } from './MessageRow.tsx'
import type { ShownMessage } from './shown-messages.ts'
import { buildRows, type ThreadRow } from './thread-rows.ts'
import { useReadMark } from './use-read-mark.ts'
import { END_PX, useEarlierPages, useFloatingDay, useStickToEnd, useThreadEnd } from './use-thread-scroll.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  query: ReturnType<typeof useMessages>['query']
  messages: readonly ShownMessage[]
}

/** What was said: drawn as far as it is seen, held at its end, growing upwards without moving what is read. */
export function MessageLog({ chatId, chat, query, messages }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const end = useThreadEnd(scroller, messages)
  const firstUnreadId = useReadMark({ chatId, chat, messages, isEndInView: end.isInView })
  const rows = useMemo(() => buildRows(messages, firstUnreadId, format.dayKey), [messages, firstUnreadId])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]!.key,
    estimateSize: () => 46,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    paddingStart: 12,
    paddingEnd: 12,
  })
  const isReady = rows.length > 0
  useStickToEnd(scroller, virtualizer, isReady, messages)
  useEarlierPages(virtualizer, query, isReady)
  const floating = useFloatingDay(virtualizer, rows)

  function onScroll() {
    end.onScroll()
    floating.onScroll()
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={t('thread.messages')}
        // Rows that come into view while reading back are not news.
        aria-live={end.isInView ? 'polite' : 'off'}
        aria-busy={query.isPending}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-pane
        onScroll={onScroll}
        className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] -outline-offset-2"
      >
        {query.isPending && !isReady && <Skeleton />}
        {!query.isPending && !isReady && <Notice title={t('thread.empty')} hint={t('thread.emptyHint')} />}
        {isReady && (
          // A short conversation stands at the foot, next to the reply.
          <div className="flex min-h-full flex-col justify-end">
            <div className="relative shrink-0" style={{ height: virtualizer.getTotalSize() }}>
              {virtualizer.getVirtualItems().map((item) => (
                <div
                  key={item.key}
                  data-index={item.index}
                  ref={virtualizer.measureElement}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Row row={rows[item.index]!} />
                </div>
              ))}
            </div>
          </div>
        )}
      </div>
      <FloatingDay at={floating.at} isShown={floating.isMoving && end.isFar} />
      <EarlierState query={query} />
      {(end.isFar || (!end.isInView && end.newCount > 0)) && (
        <JumpButton
          count={end.newCount}
          onJump={() => virtualizer.scrollToEnd()}
          onWheel={(deltaY) => scroller.current?.scrollBy(0, deltaY)}
        />
      )}
    </div>
  )
}

function Row({ row }: { row: ThreadRow }) {
  const now = useNow()
  if (row.kind === 'message') return <MessageRow message={row.message} isFirst={row.isFirst} isLast={row.isLast} />
  if (row.kind === 'day') {
    return (
      <div className="flex justify-center py-3">
        <span className="rounded-full bg-surface px-2.5 py-0.5 text-2xs font-medium text-ink-3 shadow-card dark:bg-raised">
          {format.dayLabel(row.at, now)}
        </span>
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

function FloatingDay({ at, isShown }: { at: number | undefined; isShown: boolean }) {
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

function EarlierState({ query }: Pick<Props, 'query'>) {
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

interface JumpButtonProps {
  count: number
  onJump: () => void
  /** It lies over the log, and must not stop the wheel. */
  onWheel: (deltaY: number) => void
}

function JumpButton({ count, onJump, onWheel }: JumpButtonProps) {
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

function Skeleton() {
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
