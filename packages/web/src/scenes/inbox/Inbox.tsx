import type { ChatId } from '@parley/protocol/model'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback } from 'react'
import { t } from '../../i18n/t.ts'
import { Resizer, useWidth } from '../../parts/Resizer.tsx'
import { PHONE, useMedia, WIDE } from '../../parts/use-media.ts'
import { useTitle } from '../../shell/use-title.ts'
import { ChatList } from './ChatList.tsx'
import { LeadPane } from './LeadPane.tsx'
import { NothingPicked } from './NothingPicked.tsx'
import { useLeadPanel } from './use-lead-panel.ts'

// The list is drawn first; a conversation's code comes at the same time, and is there when one is opened.
const loadThread = () => import('../../parts/conversation/Thread.tsx')
const Thread = lazy(() => loadThread().then((module) => ({ default: module.Thread })))
loadThread().catch(() => undefined)

/** Three panes on a wide screen; the lead lies over the thread on a narrower one; a phone shows one at a time. */
export function Inbox() {
  useTitle(t('inbox.title'))
  const { c: chatId, m: hitId } = useSearch({ from: '/app/inbox' })
  const navigate = useNavigate()
  const isPhone = useMedia(PHONE)
  const isWide = useMedia(WIDE)
  const list = useWidth('list', { min: 280, max: 440, initial: 336 })
  const lead = useLeadPanel(isWide)

  const pick = useCallback(
    (id: ChatId) => void navigate({ to: '/inbox', search: { c: id }, replace: !isPhone }),
    [navigate, isPhone],
  )

  const leaveHit = useCallback(
    () => void navigate({ to: '/inbox', search: ({ m: _, ...rest }) => rest, replace: true }),
    [navigate],
  )

  const isListShown = !isPhone || chatId === undefined
  return (
    <div className="relative flex h-full overflow-hidden bg-surface shadow-card md:rounded-lg">
      {!isListShown && <h1 className="sr-only">{t('inbox.title')}</h1>}
      {isListShown && (
        <div className="flex shrink-0" style={{ width: isPhone ? '100%' : list.width }}>
          <ChatList selected={chatId} onPick={pick} />
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
            />
          </Suspense>
          {lead.isOpen && <LeadPane chatId={chatId} isInline={isWide} onClose={lead.close} />}
        </>
      )}
    </div>
  )
}
