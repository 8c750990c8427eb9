import type { Chat, ChatId, LeadId } from '@parley/protocol/model'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { FeedQuery } from '../../../data/lead/feed.ts'
import { t } from '../../../i18n/t.ts'
import { FloatingDay, JumpButton, LogSkeleton, Separator } from '../../conversation/LogPieces.tsx'
import { MessageRow } from '../../conversation/MessageRow.tsx'
import { loadOtherKind } from '../../conversation/message/Bubble.tsx'
import { type ThreadTools, ThreadToolsContext } from '../../conversation/message/thread-tools.ts'
import { NoteRow } from '../../conversation/notes/NoteRow.tsx'
import { PictureViewer } from '../../conversation/PictureViewer.tsx'
import type { ShownMessage } from '../../conversation/shown-messages.ts'
import { TypingLine } from '../../conversation/TypingLine.tsx'
import { findRow, isRowOf, leadOf, type ThreadRow } from '../../conversation/thread-rows.ts'
import { useMessageFocus } from '../../conversation/use-message-focus.ts'
import { useReadMark } from '../../conversation/use-read-mark.ts'
import {
  END_PX,
  type LogVirtualizer,
  useFloatingDay,
  useStickToEnd,
  useThreadEnd,
} from '../../conversation/use-thread-scroll.ts'
import { Notice, ProblemLine } from '../../Notice.tsx'
import { stopPlayer } from '../../player.ts'
import { ChangesRow, ChatRow, TaskFeedRow } from './FeedRows.tsx'
import type { FeedRow } from './feed-rows.ts'

interface Props {
  leadId: LeadId
  chats: readonly Chat[]
  query: FeedQuery
  rows: readonly FeedRow[]
  messages: readonly ShownMessage[]
  /** What one has written last and the server has not taken: it is to be seen. */
  waitingId: string | null
  /** Of which somebody may be typing. */
  chatId: ChatId | undefined
  /** Something is done with a message of this conversation: that is the one to reply in. */
  onChat: (id: ChatId) => void
  /** Messages are among what is shown. */
  hasMessages: boolean
}

/** Room for who is typing. */
const PADDING_END = 26
/** Older pages are asked for when so few rows are left. */
const ROWS_AHEAD = 12

/** Drawn as far as it is seen, held at its end, growing upward without moving what is read. */
export function FeedLog({ chats, query, rows, messages, waitingId, chatId, onChat, hasMessages }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [openPictureId, setOpenPictureId] = useState<string | null>(null)
  const [flashedId, setFlashedId] = useState<string | null>(null)
  useEffect(() => {
    void loadOtherKind()
    return stopPlayer
  }, [])
  const virtualizer = useFeedVirtualizer(rows, scroller)
  // Kinds of rows that a conversation does not have are passed over by what knows conversations.
  const said = rows as readonly ThreadRow[]
  const end = useThreadEnd(scroller, messages)
  const floating = useFloatingDay(virtualizer, said)
  const focus = useMessageFocus(virtualizer, said, null)
  useStickToEnd(scroller, virtualizer, { ownId: waitingId, hasEnd: true, onEnd: () => virtualizer.scrollToEnd() })
  useEarlier(query, virtualizer.getVirtualItems()[0]?.index)
  const isReady = rows.length > 0
  useEffect(() => {
    if (isReady) virtualizer.scrollToEnd()
  }, [isReady, virtualizer])

  function jumpTo(id: string) {
    const index = findRow(said, id)
    if (index === -1) return
    virtualizer.scrollToIndex(index, { align: 'center' })
    setFlashedId(id)
  }
  const toolsOf = useToolsByChat(chats, {
    jumpTo,
    openPicture: setOpenPictureId,
    focusRequest: focus.focusRequest,
    moveFocus: focus.moveFocus,
  })

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={t('card.feed')}
        // Rows that come into view while reading back are not news.
        aria-live={end.isInView ? 'polite' : 'off'}
        aria-busy={query.isPending}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-pane
        onScroll={() => {
          end.onScroll()
          floating.onScroll()
        }}
        className="h-full overflow-x-hidden overflow-y-auto [overflow-anchor:none] -outline-offset-2"
      >
        {!isReady && (query.isPending ? <LogSkeleton /> : <Notice title={t('card.feedEmpty')} />)}
        {isReady && <Rows {...{ rows, virtualizer, flashedId, toolsOf, onChat }} tabStopId={focus.tabStopId} />}
      </div>
      <FloatingDay at={floating.at} isShown={floating.isMoving && end.isFar} />
      <EarlierState query={query} />
      {chatId !== undefined && <TypingLine chatId={chatId} />}
      {isReady && (end.isFar || (!end.isInView && end.newCount > 0)) && (
        <JumpButton
          count={end.newCount}
          onJump={() => virtualizer.scrollToEnd()}
          onWheel={(deltaY) => scroller.current?.scrollBy(0, deltaY)}
        />
      )}
      {hasMessages &&
        chats.map((chat) => <ReadMark key={chat.id} chat={chat} messages={messages} isEndInView={end.isInView} />)}
      <PictureViewer messages={messages} openId={openPictureId} onChange={setOpenPictureId} />
    </div>
  )
}

function useFeedVirtualizer(rows: readonly FeedRow[], scroller: RefObject<HTMLDivElement | null>): LogVirtualizer {
  return useVirtualizer<HTMLDivElement, Element>({
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
}

/** What is looked at is read. */
function ReadMark(props: { chat: Chat; messages: readonly ShownMessage[]; isEndInView: boolean }) {
  const { chat, isEndInView } = props
  const messages = useMemo(
    () => props.messages.filter((message) => message.chatId === chat.id),
    [props.messages, chat.id],
  )
  useReadMark({ chatId: chat.id, chat, messages, isEndInView })
  return null
}

function useEarlier(query: FeedQuery, top: number | undefined): void {
  const { isFetching, hasNextPage, isFetchNextPageError, fetchNextPage } = query
  const isWanted = top !== undefined && top < ROWS_AHEAD && hasNextPage && !isFetchNextPageError
  useEffect(() => {
    if (isWanted && !isFetching) void fetchNextPage()
  }, [isWanted, isFetching, fetchNextPage])
}

function EarlierState({ query }: { query: FeedQuery }) {
  if (!query.isFetchingNextPage && !query.isFetchNextPageError) return null
  return (
    <div className="absolute top-3 left-1/2 -translate-x-1/2 rounded-full bg-raised shadow-pop">
      {query.isFetchingNextPage ? (
        <p role="status" className="px-3 py-1 text-xs whitespace-nowrap text-ink-3">
          {t('thread.earlier')}
        </p>
      ) : (
        <ProblemLine title={t('thread.earlierFailed')} onRetry={() => void query.fetchNextPage()} />
      )}
    </div>
  )
}

type OwnTools = Pick<ThreadTools, 'jumpTo' | 'openPicture' | 'focusRequest' | 'moveFocus'>
type ToolsOf = (chatId: ChatId) => ThreadTools

const NOTHING = { reactions: [], quotes: false, comments: false }

/** What can be done with a message depends on the channel it came through. */
function useToolsByChat(chats: readonly Chat[], own: OwnTools): ToolsOf {
  const latest = useRef(own)
  latest.current = own
  return useMemo(() => {
    const shared: OwnTools = {
      jumpTo: (id) => latest.current.jumpTo(id),
      openPicture: (id) => latest.current.openPicture(id),
      moveFocus: (id, by) => latest.current.moveFocus(id, by),
      focusRequest: latest.current.focusRequest,
    }
    const none: ThreadTools = { ...shared, channelTitle: '', can: NOTHING }
    const byChat = new Map(
      chats.map(({ id, channel }) => [
        id,
        {
          ...shared,
          channelTitle: channel.title,
          can: channel.isConnected ? { ...channel.can, comments: true } : NOTHING,
        },
      ]),
    )
    return (chatId) => byChat.get(chatId) ?? none
  }, [chats])
}

interface RowProps {
  row: FeedRow
  flashedId: string | null
  tabStopId: string | undefined
  toolsOf: ToolsOf
  onChat: (id: ChatId) => void
}

interface RowsProps extends Omit<RowProps, 'row'> {
  rows: readonly FeedRow[]
  virtualizer: LogVirtualizer
}

/** A short feed stands at the foot, next to the reply. */
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

function Row({ row, flashedId, tabStopId, toolsOf, onChat }: RowProps): ReactNode {
  switch (row.kind) {
    case 'changes':
      return <ChangesRow changes={row.changes} />
    case 'task':
      return <TaskFeedRow task={row.task} did={row.did} at={row.at} />
    case 'chat':
      return <ChatRow chat={row.chat} />
    case 'note':
      return (
        <NoteRow
          note={row.note}
          isFlashed={isRowOf(row, flashedId)}
          isHit={false}
          isTabStop={row.note.id === tabStopId}
        />
      )
    case 'message': {
      const message = leadOf(row.messages)
      return (
        <ThreadToolsContext value={toolsOf(message.chatId)}>
          <div onClickCapture={() => onChat(message.chatId)}>
            <MessageRow
              row={row}
              isFlashed={isRowOf(row, flashedId)}
              isHit={false}
              isTabStop={message.id === tabStopId}
            />
          </div>
        </ThreadToolsContext>
      )
    }
    default:
      return <Separator row={row} />
  }
}
