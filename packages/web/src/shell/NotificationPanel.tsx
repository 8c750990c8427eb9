import { Popover } from '@base-ui/react/popover'
import type { Notification } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import {
  AlarmClock,
  AtSign,
  CheckCheck,
  CircleAlert,
  Inbox,
  ListTodo,
  MessageSquare,
  SquareKanban,
  Unplug,
  UserCheck,
} from 'lucide-react'
import { useNotifications } from '../data/queries.ts'
import { useMarkNotifications } from '../data/use-mark-notifications.ts'
import { t } from '../i18n/t.ts'
import { Button } from '../parts/Button.tsx'
import { format } from '../parts/format.ts'
import { Notice, Problem, ProblemLine, reasonOf } from '../parts/Notice.tsx'
import { Tip } from '../parts/Tip.tsx'
import { useNow } from '../parts/use-now.ts'

const ICONS = {
  incoming_lead: Inbox,
  new_message: MessageSquare,
  delivery_failed: CircleAlert,
  mention: AtSign,
  assigned: UserCheck,
  lead_stage: SquareKanban,
  task_assigned: ListTodo,
  task_due: AlarmClock,
  channel_failing: Unplug,
} as const

/** What happened while somebody looked elsewhere. */
export function NotificationPanel({ onLeave }: { onLeave: () => void }) {
  const { unread } = useNotifications()
  const { mark, error } = useMarkNotifications()
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        <Popover.Title className="flex-1 text-md font-semibold">{t('notifications.title')}</Popover.Title>
        {unread > 0 && (
          <Button look="ghost" size="sm" onClick={() => mark('all')}>
            <CheckCheck size={14} aria-hidden="true" />
            {t('notifications.markAll')}
          </Button>
        )}
      </header>
      {error !== null && (
        <p role="alert" className="border-b border-line px-4 py-2 text-xs text-bad">
          {t('notifications.actionFailed', { reason: reasonOf(error) })}
        </p>
      )}
      <Content onLeave={onLeave} onRead={(notification) => mark([notification.id])} />
    </>
  )
}

function Content({ onLeave, onRead }: { onLeave: () => void; onRead: (notification: Notification) => void }) {
  const { query, notifications } = useNotifications()
  if (query.isPending) return <Loading />
  if (query.isError && notifications.length === 0) {
    return <Problem title={t('notifications.failed')} error={query.error} onRetry={() => void query.refetch()} />
  }
  if (notifications.length === 0) return <Notice title={t('notifications.empty')} hint={t('notifications.emptyHint')} />
  return (
    <ul aria-label={t('notifications.title')} className="min-h-0 flex-1 overflow-y-auto p-1 -outline-offset-2">
      {notifications.map((notification) => (
        <Row key={notification.id} notification={notification} onLeave={onLeave} onRead={onRead} />
      ))}
      {query.hasNextPage && (
        <li className="flex justify-center p-2">
          {query.isFetchNextPageError ? (
            <ProblemLine title={t('notifications.failed')} onRetry={() => void query.fetchNextPage()} />
          ) : (
            <Button
              look="ghost"
              size="sm"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('notifications.older')}
            </Button>
          )}
        </li>
      )}
    </ul>
  )
}

interface RowProps {
  notification: Notification
  onLeave: () => void
  onRead: (notification: Notification) => void
}

function Row({ notification, onLeave, onRead }: RowProps) {
  const navigate = useNavigate()
  const now = useNow()
  const { chatId, isRead, title, text, kind, at } = notification

  function open() {
    if (!isRead) onRead(notification)
    if (!chatId) return
    onLeave()
    void navigate({ to: '/inbox', search: { c: chatId } })
  }

  const Icon = ICONS[kind]
  return (
    <li className="relative flex items-start rounded-md hover:bg-hover">
      <button
        type="button"
        onClick={open}
        className="flex min-w-0 flex-1 items-start gap-3 rounded-md py-2.5 ps-3 pe-10 text-start"
      >
        <Icon
          size={18}
          aria-hidden="true"
          className={kind === 'delivery_failed' ? 'mt-px shrink-0 text-bad' : 'mt-px shrink-0 text-ink-3'}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={`flex min-w-0 flex-1 ${isRead ? 'font-medium text-ink-2' : 'font-semibold'}`}>
              <span dir="auto" className="min-w-0 truncate">
                {title}
              </span>
            </span>
            <time dateTime={new Date(at).toISOString()} className="tnum text-2xs text-ink-3">
              {format.rowTime(at, now)}
            </time>
          </span>
          <span className="block text-2xs text-ink-3">{t(`notifications.${kind}`)}</span>
          <span dir="auto" className="mt-0.5 line-clamp-2 text-ink-2 [overflow-wrap:anywhere]">
            {text}
          </span>
          {!isRead && <span className="sr-only">{t('notifications.unread')}</span>}
        </span>
      </button>
      {!isRead && (
        <Tip label={t('notifications.markOne', { title })} side="left">
          <button
            type="button"
            aria-label={t('notifications.markOne', { title })}
            onClick={() => onRead(notification)}
            className="absolute end-1.5 top-2 flex size-7 items-center justify-center rounded-md hover:bg-press pointer-coarse:top-0.5 pointer-coarse:size-10"
          >
            <span className="size-2 rounded-full bg-accent" />
          </button>
        </Tip>
      )}
    </li>
  )
}

function Loading() {
  return (
    <div aria-busy="true" className="space-y-4 p-4">
      {['w-1/2', 'w-2/3', 'w-1/3'].map((width) => (
        <div key={width} className="space-y-2">
          <span className={`skeleton block h-3 ${width}`} />
          <span className="skeleton block h-3 w-5/6" />
        </div>
      ))}
    </div>
  )
}
