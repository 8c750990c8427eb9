import type { Chat, ChatId } from '@parley/protocol/model'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { ThreadQuery } from '../../data/conversation/use-thread.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../../parts/format.ts'
import { FoundWordsContext } from '../../parts/found-words.ts'
import { Notice } from '../../parts/Notice.tsx'
import { stopPlayer } from '../../parts/player.ts'
import type { Found } from './find/found.ts'
import { FloatingDay, JumpButton, LogSkeleton, LookFurtherBack, NearState, Separator } from './LogPieces.tsx'
import { MessageRow } from './MessageRow.tsx'
import { loadOtherKind } from './message/Bubble.tsx'
import { type ThreadTools, ThreadToolsContext } from './message/thread-tools.ts'
import { NoteRow } from './notes/NoteRow.tsx'
import { PictureViewer } from './PictureViewer.tsx'
import type { Whereabouts } from './scroll-memory.ts'
import type { ShownMessage, ShownNote } from './shown-messages.ts'
import { ThreadFilterBar } from './ThreadFilterBar.tsx'
import { TypingLine } from './TypingLine.tsx'
import { buildRows, filterMessages, isRowOf, leadOf, type ThreadFilter, type ThreadRow } from './thread-rows.ts'
import { useJump } from './use-jump.ts'
import { useMessageFocus } from './use-message-focus.ts'
import { useReadMark } from './use-read-mark.ts'
import type { ThreadView } from './use-thread-place.ts'
import {
  END_PX,
  useFloatingDay,
  useKeptPlace,
  useLanding,
  useNearPages,
  useReadingOn,
  useStickToEnd,
  useThreadEnd,
} from './use-thread-scroll.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  query: ThreadQuery
  messages: readonly ShownMessage[]
  notes: readonly ShownNote[]
  /** Nothing newer is left to be loaded. */
  hasEnd: boolean
  view: ThreadView
  goTo: { end: () => void; item: (id: string) => void }
  /** What somebody is at who looks for something. */
  found: Found | null
  /** Says where in the conversation the reader is; null: at its end. */
  whereabouts: RefObject<(() => Whereabouts | null) | null>
}

const NO_NOTES: readonly ShownNote[] = []
const NO_WORDS: readonly string[] = []

/** What was said, or the part of it somebody wants to see, and its pictures at full size. */
export function MessageLog({ messages, notes, ...props }: Props) {
  const [filter, setFilter] = useState<ThreadFilter>('all')
  const [openPictureId, setOpenPictureId] = useState<string | null>(null)
  const shown = useMemo(() => filterMessages(messages, filter), [messages, filter])
  useEffect(() => {
    void loadOtherKind()
    return stopPlayer
  }, [])
  const isNarrowed = filter !== 'all'
  return (
    <>
      <ThreadFilterBar messages={messages} filter={filter} onFilter={setFilter} />
      <Log
        {...props}
        key={`${JSON.stringify(filter)} ${props.view.visit}`}
        messages={shown}
        notes={isNarrowed ? NO_NOTES : notes}
        allMessages={messages}
        isNarrowed={isNarrowed}
        onSeek={(id) => {
          setFilter('all')
          props.goTo.item(id)
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
  /** Something was asked for that is not among these. */
  onSeek: (id: string) => void
}

/** Drawn as far as it is seen, held at its end, growing both ways without moving what is read. */
function Log({ chatId, chat, query, messages, notes, hasEnd, view, goTo, ...rest }: LogProps) {
  const { isNarrowed, found, whereabouts } = rest
  const openedAt = view.landing.kind === 'item' ? view.landing.id : null
  const scroller = useRef<HTMLDivElement>(null)
  const end = useThreadEnd(scroller, messages)
  const isEndInView = end.isInView && !isNarrowed && hasEnd
  const firstUnreadId = useReadMark({ chatId, chat, messages: rest.allMessages, isEndInView })
  const rows = useMemo(() => buildRows(messages, notes, firstUnreadId, format.dayKey), [messages, notes, firstUnreadId])
  const virtualizer = useLogVirtualizer(rows, scroller, { hasEnd, view })
  const isReady = rows.length > 0
  const jump = useJump({ virtualizer, rows, onSeek: rest.onSeek, foundId: found?.id ?? null, openedAt })
  const focus = useMessageFocus(virtualizer, rows, openedAt)
  useReadingOn(scroller, view.landing)
  const isStill = useLanding(scroller, virtualizer, { landing: view.landing, rows, onItem: jump.flash })
  useStickToEnd(scroller, virtualizer, { ownId: waitingIdOf(messages, notes), hasEnd, onEnd: goTo.end })
  useNearPages(virtualizer, query, { isReady: isStill && !isNarrowed, count: rows.length })
  const floating = useFloatingDay(virtualizer, rows)
  const kept = useKeptPlace(chatId, virtualizer, { place: view.place, scroller, hasEnd })
  useEffect(() => {
    whereabouts.current = kept.read
  }, [whereabouts, kept])
  const tools = useTools(chat, {
    jumpTo: jump.jumpTo,
    openPicture: rest.onOpenPicture,
    focusRequest: focus.focusRequest,
    moveFocus: focus.moveFocus,
  })
  const newCount = hasEnd ? end.newCount : (chat?.unread ?? 0)

  function onScroll() {
    end.onScroll()
    floating.onScroll()
    if (!isNarrowed) kept.keep()
  }

  return (
    <ThreadToolsContext value={tools}>
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="log"
          aria-label={t('thread.messages')}
          // Rows that come into view while reading back are not news.
          aria-live={isEndInView ? 'polite' : 'off'}
          aria-busy={query.isPending}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          data-pane
          onScroll={onScroll}
          className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] -outline-offset-2"
        >
          {isNarrowed && <LookFurtherBack query={query} />}
          {!isReady && <NoRows isPending={query.isPending} isNarrowed={isNarrowed} />}
          {isReady && (
            <Rows
              rows={rows}
              virtualizer={virtualizer}
              flashedId={jump.flashedId}
              hitId={found?.id ?? (view.landing.kind === 'item' && view.landing.isHit ? view.landing.id : null)}
              foundWords={found?.words ?? NO_WORDS}
              tabStopId={focus.tabStopId}
            />
          )}
        </div>
        <FloatingDay at={floating.at} isShown={floating.isMoving && (end.isFar || !hasEnd)} />
        <NearState query={query} />
        <TypingLine chatId={chatId} />
        {isReady && (end.isFar || !hasEnd || (!end.isInView && newCount > 0)) && (
          <JumpButton
            count={newCount}
            onJump={() => (hasEnd ? virtualizer.scrollToEnd() : goTo.end())}
            onWheel={(deltaY) => scroller.current?.scrollBy(0, deltaY)}
          />
        )}
      </div>
    </ThreadToolsContext>
  )
}

/** Room for who is typing. */
const PADDING_END = 26

function useLogVirtualizer(
  rows: readonly ThreadRow[],
  scroller: React.RefObject<HTMLDivElement | null>,
  { hasEnd, view: { landing } }: Pick<Props, 'hasEnd' | 'view'>,
): Virtualizer<HTMLDivElement, Element> {
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]!.key,
    estimateSize: () => 46,
    overscan: 8,
    anchorTo: 'end',
    // Later pages are no news: they are read on from where one is.
    followOnAppend: hasEnd,
    scrollEndThreshold: END_PX,
    paddingStart: 12,
    paddingEnd: PADDING_END,
    ...(landing.kind === 'back' && { initialMeasurementsCache: landing.at.measured }),
  })
}

/** What one has written last and the server has not taken: it is to be seen. */
function waitingIdOf(messages: readonly ShownMessage[], notes: readonly ShownNote[]): string | null {
  const [message, note] = [messages.at(-1), notes.at(-1)]
  const ids = [message?.waiting?.id, note?.waiting?.id].filter((id) => id !== undefined)
  return ids.length === 0 ? null : ids.join(' ')
}

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
  /** What was looked for: marked as long as it is shown. */
  hitId: string | null
  /** Marked in it. */
  foundWords: readonly string[]
  tabStopId: string | undefined
}

function Row({ hitId, foundWords, ...props }: RowProps) {
  const isHit = isRowOf(props.row, hitId)
  const drawn = <DrawnRow {...props} isHit={isHit} />
  return isHit ? <FoundWordsContext value={foundWords}>{drawn}</FoundWordsContext> : drawn
}

type DrawnProps = Omit<RowProps, 'hitId' | 'foundWords'> & { isHit: boolean }

function DrawnRow({ row, flashedId, isHit, tabStopId }: DrawnProps) {
  const marks = { isFlashed: isRowOf(row, flashedId), isHit }
  if (row.kind === 'note') return <NoteRow note={row.note} {...marks} isTabStop={row.note.id === tabStopId} />
  if (row.kind !== 'message') return <Separator row={row} />
  return <MessageRow row={row} {...marks} isTabStop={leadOf(row.messages).id === tabStopId} />
}

function NoRows({ isPending, isNarrowed }: { isPending: boolean; isNarrowed: boolean }) {
  if (isPending) return <LogSkeleton />
  if (isNarrowed) return <Notice title={t('posts.nothing')} />
  return <Notice title={t('thread.empty')} hint={t('thread.emptyHint')} />
}
