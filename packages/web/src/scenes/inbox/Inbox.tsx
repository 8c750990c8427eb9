import type { ChatId } from '@parley/protocol/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { keepUnread } from '../../data/inbox/kept-unread.ts'
import { type InboxSearch, listOf, viewOf } from '../../data/inbox/search.ts'
import { useViews } from '../../data/inbox/views.ts'
import { useChatDetails } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Resizer, useWidth } from '../../parts/Resizer.tsx'
import { PHONE, useMedia, WIDE } from '../../parts/use-media.ts'
import { useTitle } from '../../shell/use-title.ts'
import { BulkJobs } from './act/BulkJobs.tsx'
import { ChatTools } from './act/ChatTools.tsx'
import { usePicker } from './act/pickers.ts'
import { LeadPane } from './LeadPane.tsx'
import { ChatList } from './list/ChatList.tsx'
import { NothingPicked } from './NothingPicked.tsx'
import { useLeadPanel } from './use-lead-panel.ts'

// The list is drawn first; a conversation's code comes at the same time, and is there when one is opened.
const loadThread = () => import('../../parts/conversation/Thread.tsx')
const Thread = lazy(() => loadThread().then((module) => ({ default: module.Thread })))
loadThread().catch(() => undefined)
const Pickers = lazy(() => import('./act/Pickers.tsx').then((module) => ({ default: module.Pickers })))

/** Three panes on a wide screen; the lead lies over the thread on a narrower one; a phone shows one at a time. */
export function Inbox() {
  useTitle(t('inbox.title'))
  const search = useSearch({ from: '/app/inbox' })
  const { c: chatId, m: hitId } = search
  const navigate = useNavigate()
  const isPhone = useMedia(PHONE)
  const isWide = useMedia(WIDE)
  const list = useWidth('list', { min: 280, max: 440, initial: 336 })
  const lead = useLeadPanel(isWide)
  const { data: views } = useViews()
  const isAsking = usePicker((state) => state.picker !== null)

  const pick = useCallback(
    (id: ChatId) => {
      keepUnread(null)
      void navigate({ to: '/inbox', search: ({ m: _, ...held }) => ({ ...held, c: id }), replace: !isPhone })
    },
    [navigate, isPhone],
  )
  const change = useCallback(
    (next: (held: InboxSearch) => InboxSearch) => void navigate({ to: '/inbox', search: (held) => next(held) }),
    [navigate],
  )
  // The open chat is no part of which list it is.
  const { c: _open, m: _hit, ...narrowed } = search
  const listKey = JSON.stringify([narrowed, views?.find((view) => String(view.id) === viewOf(search))])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what counts of the search and the views is in the key
  const of = useMemo(() => listOf(search, views), [listKey, views === undefined])

  const leaveHit = useCallback(
    () => void navigate({ to: '/inbox', search: ({ m: _, ...rest }) => rest, replace: true }),
    [navigate],
  )

  const isListShown = !isPhone || chatId === undefined
  return (
    <div className="relative flex h-full overflow-hidden bg-surface shadow-card md:rounded-lg">
      {!isListShown && <h1 className="sr-only">{t('inbox.title')}</h1>}
      {isListShown && (
        <div className="flex shrink-0 flex-col" style={{ width: isPhone ? '100%' : list.width }}>
          <ChatList search={search} of={of} views={views} onSearch={change} onPick={pick} />
          <BulkJobs />
        </div>
      )}
      {!isPhone && <Resizer label={t('inbox.resizeList')} pane={list} edge="end" />}
      {chatId === undefined ? (
        !isPhone && <NothingPicked />
      ) : (
        <>
          <Suspense fallback={<div className="flex-1 bg-sunken" />}>
            <Thread
              key={chatId}
              chatId={chatId}
              hitId={hitId}
              onLeaveHit={leaveHit}
              isLeadOpen={lead.isOpen}
              onToggleLead={lead.toggle}
              tools={<Tools chatId={chatId} />}
            />
          </Suspense>
          {lead.isOpen && <LeadPane chatId={chatId} isInline={isWide} onClose={lead.close} />}
        </>
      )}
      {isAsking && (
        <Suspense>
          <Pickers />
        </Suspense>
      )}
    </div>
  )
}

function Tools({ chatId }: { chatId: ChatId }) {
  const { chat } = useChatDetails(chatId)
  return chat ? <ChatTools chat={chat} /> : null
}
