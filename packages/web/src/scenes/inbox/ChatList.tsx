import type { Chat, ChatId } from '@parley/protocol/model'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useOutbox } from '../../data/outbox/use-outbox.ts'
import { useChats, useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { ChannelHealth } from '../../parts/conversation/health/ChannelHealth.tsx'
import { Notice, Problem, ProblemLine } from '../../parts/Notice.tsx'
import { useNow } from '../../parts/use-now.ts'
import { ChatRow, ChatRowSkeleton, ROW_HEIGHT } from './ChatRow.tsx'
import { applyHeldOrder, type HeldOrder, holdOrder } from './held-order.ts'
import { useListKeys } from './use-list-keys.ts'

/** Rows from the end at which the next page is asked for. */
const AHEAD = 15
const SKELETONS = 14

interface Props {
  selected: ChatId | undefined
  onPick: (id: ChatId) => void
}

export function ChatList({ selected, onPick }: Props) {
  const { query, chats } = useChats()
  return (
    <section aria-label={t('inbox.conversations')} className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center border-b border-line ps-4 pe-2">
        <h1 className="text-lg font-semibold tracking-[-.01em]">{t('inbox.title')}</h1>
      </header>
      <ChannelHealth />
      {query.isPending ? (
        <div aria-busy="true" className="overflow-hidden">
          {Array.from({ length: SKELETONS }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
            <ChatRowSkeleton key={index} />
          ))}
        </div>
      ) : query.isError && chats.length === 0 ? (
        <Problem title={t('inbox.listFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : chats.length === 0 ? (
        <Notice title={t('inbox.empty')} hint={t('inbox.emptyHint')} />
      ) : (
        <Rows chats={chats} query={query} selected={selected} onPick={onPick} />
      )}
    </section>
  )
}

interface RowsProps extends Props {
  chats: Chat[]
  query: ReturnType<typeof useChats>['query']
}

function Rows({ chats, query, selected, onPick }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<HeldOrder | null>(null)
  const { shown, waiting } = applyHeldOrder(chats, held)
  const virtualizer = useVirtualizer({
    count: shown.length + (query.hasNextPage ? 1 : 0),
    getScrollElement: () => scroller.current,
    getItemKey: (index) => shown[index]?.id ?? 'more',
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
  })
  useNextPage(virtualizer, query, shown.length)
  useListKeys({ chats: shown, selected, onPick, scroller, virtualizer })

  function onScroll() {
    const isAtTop = (scroller.current?.scrollTop ?? 0) < ROW_HEIGHT / 2
    if (isAtTop && held) setHeld(null)
    if (!isAtTop && !held) setHeld(holdOrder(chats))
  }

  function showWaiting() {
    setHeld(null)
    scroller.current?.scrollTo({ top: 0 })
    scroller.current?.focus()
  }

  return (
    <div className="relative min-h-0 flex-1">
      {waiting > 0 && (
        <button
          type="button"
          onClick={showWaiting}
          className="absolute top-2 left-1/2 z-10 inline-flex h-7 -translate-x-1/2 items-center gap-1 rounded-full bg-accent px-3 text-xs font-medium text-on-accent shadow-pop hover:bg-accent-hover"
        >
          <ArrowUp size={13} aria-hidden="true" />
          {t('inbox.updated', { count: waiting })}
        </button>
      )}
      <Options
        scroller={scroller}
        virtualizer={virtualizer}
        shown={shown}
        total={query.hasNextPage ? -1 : shown.length}
        selected={selected}
        onPick={onPick}
        onScroll={onScroll}
        hasMoreFailed={query.isFetchNextPageError}
        onRetryMore={() => void query.fetchNextPage()}
      />
    </div>
  )
}

interface OptionsProps extends Props {
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
  shown: readonly Chat[]
  /** -1 while it is not known. */
  total: number
  onScroll: () => void
  hasMoreFailed: boolean
  onRetryMore: () => void
}

function Options({
  scroller,
  virtualizer,
  shown,
  total,
  selected,
  onPick,
  onScroll,
  hasMoreFailed,
  onRetryMore,
}: OptionsProps) {
  const now = useNow()
  const me = useMe()
  const waitingReplies = useOutbox((state) => state.entries)
  const items = virtualizer.getVirtualItems()
  const isSelectedDrawn = items.some((item) => shown[item.index]?.id === selected)

  function pick(id: ChatId) {
    onPick(id)
    scroller.current?.focus()
  }

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      data-pane
      aria-label={t('inbox.chats')}
      aria-activedescendant={selected && isSelectedDrawn ? `chat-${selected}` : undefined}
      onScroll={onScroll}
      className="h-full overflow-y-auto [overflow-anchor:none] -outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const chat = shown[item.index]
          return (
            <div
              key={item.key}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
            >
              {chat && (
                <ChatRow
                  chat={chat}
                  meId={me.user.amojoId}
                  waitingReply={waitingReplies.findLast((entry) => entry.chatId === chat.id)}
                  isSelected={chat.id === selected}
                  position={item.index + 1}
                  total={total}
                  now={now}
                  onPick={pick}
                />
              )}
              {!chat &&
                (hasMoreFailed ? (
                  <ProblemLine title={t('inbox.moreFailed')} onRetry={onRetryMore} />
                ) : (
                  <ChatRowSkeleton />
                ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useNextPage(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  query: RowsProps['query'],
  count: number,
): void {
  const lastDrawn = virtualizer.getVirtualItems().at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  useEffect(() => {
    const isNear = lastDrawn > count - AHEAD
    if (isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [lastDrawn, count, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
}
