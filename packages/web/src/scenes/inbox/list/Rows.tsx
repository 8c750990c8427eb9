import type { Chat, ChatId, Stage } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp } from 'lucide-react'
import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { indexOf, lengthOf, loadedRows, rowAt } from '../../../data/inbox/chat-blocks.ts'
import { type ChatList, countWaiting, holdList, releaseList } from '../../../data/inbox/chat-list.ts'
import { listKeyOf } from '../../../data/inbox/filters.ts'
import { changeList } from '../../../data/inbox/list-cache.ts'
import { filtersOf, type InboxSearch } from '../../../data/inbox/search.ts'
import { countPicked, isPicked, pickRange, togglePicked, useSelection } from '../../../data/inbox/selection.ts'
import { useRowsInView } from '../../../data/inbox/use-list.ts'
import { mutedQuery, useCounts } from '../../../data/inbox/views.ts'
import { useOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe, usePipelines } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { useDensity } from '../../../parts/density.ts'
import { Notice, ProblemLine } from '../../../parts/Notice.tsx'
import { useNow } from '../../../parts/use-now.ts'
import { BulkBar } from '../act/BulkBar.tsx'
import { useChatKeys } from '../act/use-chat-keys.ts'
import { ChatRow, ChatRowSkeleton, rowHeightOf } from './ChatRow.tsx'
import { useKeptScroll } from './keep-scroll.ts'
import { useListKeys } from './use-list-keys.ts'
import { type RowWindow, useAnchor, useWindow } from './use-window.ts'

const loadMenu = () => import('../act/RowMenu.tsx')
const RowMenu = lazy(() => loadMenu().then((module) => ({ default: module.RowMenu })))

interface Props {
  list: ChatList
  search: InboxSearch
  onSearch: (change: (search: InboxSearch) => InboxSearch) => void
  onPick: (id: ChatId) => void
}

const useRowHeight = () => rowHeightOf(useDensity((state) => state.density))

/** The rows of a list of any length: what is in view is drawn, and loaded when it is not there yet. */
export function Rows({ list, search, onSearch, onPick }: Props) {
  const client = useQueryClient()
  const scroller = useRef<HTMLDivElement>(null)
  const count = lengthOf(list)
  const listKey = useMemo(() => listKeyOf(list.of), [list.of])
  const rowHeight = useRowHeight()
  const { measure, ...window } = useWindow({ scroller, rowHeight, count })
  const { error, retry } = useRowsInView(list, window.start, window.end)
  useKeptScroll(scroller, listKey)
  useAnchor({
    scroller,
    rowHeight,
    idAt: (index) => rowAt(list, index)?.chat.id,
    indexOf: (id) => indexOf(list, id as ChatId),
    listKey,
    version: list.blocks,
  })
  useListKeys({ list, selected: search.c, onPick, scroller })
  useChatKeys({ list, listKey, selected: search.c, onPick })
  const selection = useSelection()
  const isPicking = selection.listKey === listKey
  const waiting = countWaiting(list)

  function onScroll() {
    measure()
    const isAtTop = (scroller.current?.scrollTop ?? 0) < rowHeight / 2
    if (isAtTop !== !list.isHeld) changeList(client, list.of, isAtTop ? releaseList : holdList)
  }

  function showWaiting() {
    changeList(client, list.of, releaseList)
    scroller.current?.scrollTo({ top: 0 })
    scroller.current?.focus()
  }

  if (count === 0 && waiting === 0) return <Empty list={list} search={search} onSearch={onSearch} />
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
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
        {...{ list, listKey, window, count, scroller, onScroll, onPick, isPicking }}
        selected={search.c}
        hasFailed={error !== null}
        onRetry={retry}
      />
      {isPicking && <BulkBar list={list} listKey={listKey} count={countPicked(selection, count)} total={count} />}
    </div>
  )
}

interface OptionsProps {
  list: ChatList
  listKey: string
  window: RowWindow
  count: number
  scroller: RefObject<HTMLDivElement | null>
  selected: ChatId | undefined
  isPicking: boolean
  onScroll: () => void
  onPick: (id: ChatId) => void
  hasFailed: boolean
  onRetry: () => void
}

function Options({ list, listKey, window, count, scroller, selected, isPicking, ...props }: OptionsProps) {
  const now = useNow()
  const me = useMe()
  const stages = useStages()
  const { data: muted } = useQuery(mutedQuery)
  const waitingReplies = useOutbox((state) => state.entries)
  const selection = useSelection()
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const handlers = useRowHandlers({ list, listKey, onPick: props.onPick, setMenu, scroller })
  const rows = Array.from({ length: Math.max(0, window.end - window.start) }, (_, offset) => ({
    index: window.start + offset,
    chat: rowAt(list, window.start + offset)?.chat,
  }))
  const rowHeight = useRowHeight()
  const isSelectedDrawn = rows.some(({ chat }) => chat?.id === selected)

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      data-pane
      aria-label={t('inbox.chats')}
      aria-multiselectable={isPicking}
      aria-activedescendant={selected && isSelectedDrawn ? `chat-${selected}` : undefined}
      onScroll={props.onScroll}
      className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] -outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: count * rowHeight }}>
        {rows.map(({ index, chat }) => (
          <div
            key={chat?.id ?? index}
            role="presentation"
            className="absolute inset-x-0 top-0"
            style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
          >
            {chat ? (
              <ChatRow
                chat={chat}
                meId={me.user.amojoId}
                waitingReply={waitingReplies.findLast((entry) => entry.chatId === chat.id)}
                stage={chat.lead ? stages.get(stageKey(chat.lead)) : undefined}
                isSelected={chat.id === selected}
                isPicked={isPicking ? isPicked(selection, chat.id) : null}
                isMuted={muted?.has(chat.id) ?? false}
                position={index + 1}
                total={count}
                now={now}
                {...handlers}
              />
            ) : props.hasFailed ? (
              <ProblemLine title={t('inbox.moreFailed')} onRetry={props.onRetry} />
            ) : (
              <ChatRowSkeleton />
            )}
          </div>
        ))}
      </div>
      {menu && (
        <Suspense>
          <RowMenu chat={menu.chat} at={menu.at} listKey={listKey} onClose={() => setMenu(null)} />
        </Suspense>
      )}
    </div>
  )
}

interface OpenMenu {
  chat: Chat
  at: { x: number; y: number }
}

interface RowHandling extends Pick<OptionsProps, 'list' | 'listKey' | 'onPick' | 'scroller'> {
  setMenu: (menu: OpenMenu) => void
}

/** Rows are memoized: what they call stays the same function. */
function useRowHandlers(handling: RowHandling) {
  const latest = useRef(handling)
  useEffect(() => {
    latest.current = handling
  })
  return useMemo(
    () => ({
      onPick(id: ChatId) {
        latest.current.onPick(id)
        latest.current.scroller.current?.focus()
      },
      onToggle(id: ChatId, isRange: boolean) {
        const { list, listKey, scroller } = latest.current
        if (isRange)
          pickRange(
            listKey,
            id,
            loadedRows(list).map(({ chat }) => chat.id),
          )
        else togglePicked(listKey, id)
        scroller.current?.focus()
      },
      onMenu(id: ChatId, at: OpenMenu['at']) {
        const chat = loadedRows(latest.current.list).find((row) => row.chat.id === id)?.chat
        if (chat) latest.current.setMenu({ chat, at })
      },
    }),
    [],
  )
}

const stageKey = ({ pipelineId, stageId }: { pipelineId: number; stageId: number }) => `${pipelineId}/${stageId}`

/** Won and lost have the same number in every pipeline. */
function useStages(): ReadonlyMap<string, Stage> {
  const { data } = usePipelines(true)
  return useMemo(
    () =>
      new Map(
        (data?.items ?? []).flatMap((pipeline) =>
          pipeline.stages.map((stage) => [stageKey({ pipelineId: pipeline.id, stageId: stage.id }), stage] as const),
        ),
      ),
    [data],
  )
}

function Empty({ list, search, onSearch }: Pick<Props, 'list' | 'search' | 'onSearch'>) {
  const { data: counts } = useCounts(list.of)
  if (Object.keys(filtersOf(search)).length > 0 || search.sort === 'waiting')
    return (
      <Notice title={t('inbox.noneFit')} hint={t('inbox.noneFitHint')}>
        <Button onClick={() => onSearch(({ view, c }) => ({ ...(view && { view }), ...(c && { c }) }))}>
          {t('inbox.clearFilters')}
        </Button>
      </Notice>
    )
  if (search.view === 'all' || counts?.views.all === 0)
    return <Notice title={t('inbox.empty')} hint={t('inbox.emptyHint')} />
  return <Notice title={t('inbox.doneTitle')} hint={t('inbox.doneHint')} />
}
