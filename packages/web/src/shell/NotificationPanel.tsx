import { Popover } from '@base-ui/react/popover'
import { Link } from '@tanstack/react-router'
import { CheckCheck, Settings } from 'lucide-react'
import { useState } from 'react'
import { useNotifications } from '../data/notices/queries.ts'
import { useMarkNotifications } from '../data/notices/use-change-notices.ts'
import { t } from '../i18n/t.ts'
import { Button } from '../parts/Button.tsx'
import { reasonOf } from '../parts/Notice.tsx'
import { DesktopOffer } from '../parts/notices/DesktopOffer.tsx'
import { NoticeList } from '../parts/notices/NoticeList.tsx'
import { NoticeStates, OlderNotices } from '../parts/notices/NoticeStates.tsx'
import { useOpenNotice } from '../parts/notices/use-open-notice.ts'
import { SegmentedControl } from '../parts/SegmentedControl.tsx'
import { Tip } from '../parts/Tip.tsx'

const VIEWS = { all: {}, me: { for: 'me' } } as const
type View = keyof typeof VIEWS

/** What happened while somebody looked elsewhere. */
export function NotificationPanel({ onLeave }: { onLeave: () => void }) {
  const [view, setView] = useState<View>('all')
  const { unread } = useNotifications()
  const { markAll, error } = useMarkNotifications()
  return (
    <>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        <Popover.Title className="min-w-0 flex-1 truncate text-md font-semibold">
          {t('notifications.title')}
        </Popover.Title>
        {unread > 0 && (
          <Button look="ghost" size="sm" onClick={markAll}>
            <CheckCheck size={14} aria-hidden="true" />
            {t('notifications.markAll')}
          </Button>
        )}
        <Tip label={t('notifications.settings')}>
          <Link
            to="/settings/$section"
            params={{ section: 'notifications' }}
            aria-label={t('notifications.settings')}
            onClick={onLeave}
            className="flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
          >
            <Settings size={17} aria-hidden="true" />
          </Link>
        </Tip>
      </header>
      <DesktopOffer />
      <div className="shrink-0 px-3 pt-2 pb-1">
        <SegmentedControl
          label={t('notifications.views')}
          value={view}
          onChange={setView}
          options={[
            { value: 'all', label: t('notifications.all') },
            { value: 'me', label: t('notifications.forYou') },
          ]}
        />
      </div>
      {error !== null && (
        <p role="alert" className="border-b border-line px-4 py-2 text-xs text-bad">
          {t('notifications.actionFailed', { reason: reasonOf(error) })}
        </p>
      )}
      <Content view={view} onLeave={onLeave} />
      <Link
        to="/notifications"
        onClick={onLeave}
        className="flex h-10 shrink-0 items-center justify-center border-t border-line text-xs font-medium text-ink-2 hover:bg-hover hover:text-ink"
      >
        {t('notifications.seeAll')}
      </Link>
    </>
  )
}

function Content({ view, onLeave }: { view: View; onLeave: () => void }) {
  const { query, notifications } = useNotifications(VIEWS[view])
  const open = useOpenNotice(onLeave)
  return (
    <div className="flex min-h-40 flex-1 flex-col overflow-y-auto">
      <NoticeStates query={query} isEmpty={notifications.length === 0}>
        <NoticeList notifications={notifications} onOpen={open}>
          <OlderNotices query={query} />
        </NoticeList>
      </NoticeStates>
    </div>
  )
}
