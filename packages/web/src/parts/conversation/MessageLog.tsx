import type { Chat, ChatId } from '@parley/protocol/model'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { useMessages } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { Notice } from '../../parts/Notice.tsx'
import { stopPlayer } from '../../parts/player.ts'
import { EarlierState, FloatingDay, JumpButton, LogSkeleton, LookFurtherBack, Separator } from './LogPieces.tsx'
import { MessageRow } from './MessageRow.tsx'
import { loadOtherKind } from './message/Bubble.tsx'
import { type ThreadTools, ThreadToolsContext } from './message/thread-tools.ts'
import { PictureViewer } from './PictureViewer.tsx'
import type { ShownMessage } from './shown-messages.ts'
import { ThreadFilterBar } from './ThreadFilterBar.tsx'
import { TypingLine } from './TypingLine.tsx'
import { buildRows, filterMessages, leadOf, type ThreadFilter, type ThreadRow } from './thread-rows.ts'
import { useJump } from './use-jump.ts'
import { useMessageFocus } from './use-message-focus.ts'
import { useReadMark } from './use-read-mark.ts'
import { END_PX, useEarlierPages, useFloatingDay, useStickToEnd, useThreadEnd } from './use-thread-scroll.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  query: ReturnType<typeof useMessages>['query']
  messages: readonly ShownMessage[]
}

/** What was said, or the part of it somebody wants to see, and its pictures at full size. */
export function MessageLog({ messages, ...props }: Props) {
  const [filter, setFilter] = useState<ThreadFilter>('all')
  const [openPictureId, setOpenPictureId] = useState<string | null>(null)
  const [soughtId, setSoughtId] = useState<string | null>(null)
  const shown = useMemo(() => filterMessages(messages, filter), [messages, filter])
  useEffect(() => {
    void loadOtherKind()
    return stopPlayer
  }, [])
  function changeFilter(next: ThreadFilter) {
    setSoughtId(null)
    setFilter(next)
  }
  return (
    <>
      <ThreadFilterBar messages={messages} filter={filter} onFilter={changeFilter} />
      <Log
        {...props}
        key={JSON.stringify(filter)}
        messages={shown}
        allMessages={messages}
        isNarrowed={filter !== 'all'}
        soughtId={soughtId}
        onSeekOutside={(messageId) => {
          setSoughtId(messageId)
          setFilter('all')
        }}
        onOpenPicture={setOpenPictureId}
      />
      <PictureViewer messages={messages} openId={openPictureId} onChange={setOpenPictureId} />
    </>
  )
}

interface LogProps extends Props {
  /** Also what is filtered out: it is read, too. */
  allMessages: readonly ShownMessage[]
  isNarrowed: boolean
  onOpenPicture: (messageId: string) => void
  /** A message that was asked for where it is not shown. */
  soughtId: string | null
  onSeekOutside: (messageId: string) => void
}

/** Drawn as far as it is seen, held at its end, growing upwards without moving what is read. */
function Log({ chatId, chat, query, messages, allMessages, isNarrowed, ...rest }: LogProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const end = useThreadEnd(scroller, messages)
  const isEndInView = end.isInView && !isNarrowed
  const firstUnreadId = useReadMark({ chatId, chat, messages: allMessages, isEndInView })
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
    paddingEnd: PADDING_END,
  })
  const isReady = rows.length > 0
  useStickToEnd(scroller, virtualizer, isReady, messages)
  useEarlierPages(virtualizer, query, isReady && !isNarrowed)
  const floating = useFloatingDay(virtualizer, rows)
  const jump = useJump({ virtualizer, rows, query, soughtId: rest.soughtId })
  const { tabStopId, focusRequest, moveFocus } = useMessageFocus(virtualizer, rows)
  const tools = useTools(chat, {
    jumpTo: isNarrowed ? rest.onSeekOutside : jump.jumpTo,
    openPicture: rest.onOpenPicture,
    focusRequest,
    moveFocus,
  })

  function onScroll() {
    end.onScroll()
    floating.onScroll()
  }

  return (
    <ThreadToolsContext value={tools}>
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
          {isNarrowed && <LookFurtherBack query={query} />}
          {!isReady && <NoRows isPending={query.isPending} isNarrowed={isNarrowed} />}
          {isReady && <Rows rows={rows} virtualizer={virtualizer} flashedId={jump.flashedId} tabStopId={tabStopId} />}
        </div>
        <FloatingDay at={floating.at} isShown={floating.isMoving && end.isFar} />
        <EarlierState query={query} />
        <JumpState isSearching={jump.isSearching && query.isFetchingNextPage} isTooFar={jump.isTooFar} />
        <TypingLine chatId={chatId} />
        {(end.isFar || (!end.isInView && end.newCount > 0)) && (
          <JumpButton
            count={end.newCount}
            onJump={() => virtualizer.scrollToEnd()}
            onWheel={(deltaY) => scroller.current?.scrollBy(0, deltaY)}
          />
        )}
      </div>
    </ThreadToolsContext>
  )
}

/** Room for who is typing. */
const PADDING_END = 26
const NOTHING = { reactions: [], quotes: false }

type OwnTools = Pick<ThreadTools, 'jumpTo' | 'openPicture' | 'focusRequest' | 'moveFocus'>

function useTools(chat: Chat | undefined, { jumpTo, openPicture, focusRequest, moveFocus }: OwnTools): ThreadTools {
  const channelTitle = chat?.channel.title ?? ''
  const can = chat?.channel.isConnected ? chat.channel.can : NOTHING
  return useMemo(
    () => ({ channelTitle, can: { ...can, comments: can !== NOTHING }, jumpTo, openPicture, focusRequest, moveFocus }),
    [channelTitle, can, jumpTo, openPicture, focusRequest, moveFocus],
  )
}

interface RowsProps extends Omit<RowProps, 'row'> {
  rows: readonly ThreadRow[]
  virtualizer: Virtualizer<HTMLDivElement, Element>
}

/** A short conversation stands at the foot, next to the reply. */
function Rows({ rows, virtualizer, ...marks }: RowsProps) {
  return (
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
            <Row row={rows[item.index]!} {...marks} />
          </div>
        ))}
      </div>
    </div>
  )
}

interface RowProps {
  row: ThreadRow
  flashedId: string | null
  tabStopId: string | undefined
}

function Row({ row, flashedId, tabStopId }: RowProps) {
  if (row.kind !== 'message') return <Separator row={row} />
  const isFlashed = flashedId !== null && row.messages.some(({ id }) => id === flashedId)
  return <MessageRow row={row} isFlashed={isFlashed} isTabStop={leadOf(row.messages).id === tabStopId} />
}

function NoRows({ isPending, isNarrowed }: { isPending: boolean; isNarrowed: boolean }) {
  if (isPending) return <LogSkeleton />
  if (isNarrowed) return <Notice title={t('posts.nothing')} />
  return <Notice title={t('thread.empty')} hint={t('thread.emptyHint')} />
}

function JumpState({ isSearching, isTooFar }: { isSearching: boolean; isTooFar: boolean }) {
  return (
    <p
      role="status"
      className="absolute bottom-3 left-1/2 max-w-[80%] -translate-x-1/2 rounded-full bg-raised px-3 py-1 text-center text-xs text-ink-2 shadow-pop empty:hidden"
    >
      {isSearching ? t('message.searching') : isTooFar ? t('message.tooFar') : null}
    </p>
  )
}
