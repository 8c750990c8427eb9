import type { ChatId } from '@parley/protocol/model'
import { X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { useChatDetails } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { LeadCard } from '../../parts/lead/LeadCard.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { Resizer, useWidth } from '../../parts/Resizer.tsx'
import { useKeptFocus } from './use-kept-focus.ts'

interface Props {
  chatId: ChatId
  /** Beside the thread; else over it. */
  isInline: boolean
  onClose: () => void
}

export function LeadPane({ chatId, isInline, onClose }: Props) {
  const width = useWidth('lead', { min: 280, max: 420, initial: 320 })
  const panel = useRef<HTMLElement>(null)
  const { query } = useChatDetails(chatId)
  const lead = query.data?.lead
  useKeptFocus(panel, `${lead?.id} ${lead?.isIncoming}`)
  // The thread says that there is no such chat; here nothing more is to be said.
  if (isNotFound(query.error)) return null
  if (!isInline) return <LeadOverlay chatId={chatId} panel={panel} onClose={onClose} />
  return (
    <>
      <Resizer label={t('inbox.resizeLead')} pane={width} edge="start" />
      <aside
        ref={panel}
        aria-label={t('lead.label')}
        data-pane
        tabIndex={-1}
        className="shrink-0 overflow-y-auto bg-surface outline-none"
        style={{ width: width.width }}
      >
        <Content chatId={chatId} onLeave={stay} />
      </aside>
    </>
  )
}

interface OverlayProps extends Omit<Props, 'isInline'> {
  panel: RefObject<HTMLElement | null>
}

/** Takes the keyboard when it opens and gives it back when it closes. */
function LeadOverlay({ chatId, panel, onClose }: OverlayProps) {
  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [panel])

  function handleKeyDown(event: KeyboardEvent) {
    // A layer that was opened from here stands elsewhere on the page, and closes by itself.
    const isInside = event.target instanceof Node && panel.current?.contains(event.target)
    if (event.key !== 'Escape' || !isInside) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  return (
    <aside
      ref={panel}
      aria-label={t('lead.label')}
      data-pane
      tabIndex={-1}
      onKeyDown={handleKeyDown}
      className="absolute inset-y-0 end-0 z-20 w-80 overflow-y-auto bg-surface shadow-pop outline-none max-md:w-full"
    >
      <IconButton
        label={t('lead.close')}
        keys="Esc"
        side="left"
        onClick={onClose}
        className="absolute! end-3 top-3 z-10"
      >
        <X />
      </IconButton>
      <Content chatId={chatId} onLeave={onClose} />
    </aside>
  )
}

const isNotFound = (error: unknown) => error instanceof ApiRefusal && error.status === 404

/** A panel beside the thread covers nothing. */
const stay = () => undefined

function Content({ chatId, onLeave }: { chatId: ChatId; onLeave: () => void }) {
  const { query, chat } = useChatDetails(chatId)
  if (query.isPending) return <Skeleton />
  if (query.isError && !query.data) {
    return <Problem title={t('lead.failed')} error={query.error} onRetry={() => void query.refetch()} />
  }
  const lead = query.data?.lead
  if (lead) {
    return <LeadCard key={lead.id} lead={lead} client={query.data.chat.client} onLeave={onLeave} />
  }
  // The chat has a lead that is on its way, or none.
  return chat?.lead ? <Skeleton /> : <Notice title={t('lead.none')} hint={t('lead.noneHint')} />
}

function Skeleton() {
  return (
    <div aria-busy="true" className="space-y-3 p-4">
      <span className="skeleton block h-3 w-20" />
      <span className="skeleton block h-5 w-2/3" />
      <span className="skeleton block h-7 w-1/3" />
      <span className="skeleton block h-8" />
      <span className="skeleton block h-28" />
    </div>
  )
}
