import type { NotificationKind } from '@parley/protocol/model'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { CheckCheck, Settings } from 'lucide-react'
import type { NoticeFilter } from '../../data/notices/endpoints.ts'
import { useNotifications } from '../../data/notices/queries.ts'
import { useMarkNotifications } from '../../data/notices/use-change-notices.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { reasonOf } from '../../parts/Notice.tsx'
import { DesktopOffer } from '../../parts/notices/DesktopOffer.tsx'
import { NOTICE_ICONS, NOTICE_KINDS } from '../../parts/notices/describe-notice.ts'
import { NoticeList } from '../../parts/notices/NoticeList.tsx'
import { NoticeStates, OlderNotices } from '../../parts/notices/NoticeStates.tsx'
import { useOpenNotice } from '../../parts/notices/use-open-notice.ts'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { Select } from '../../parts/Select.tsx'
import { Tabs } from '../../parts/Tabs.tsx'
import { useTitle } from '../../shell/use-title.ts'

type NoticeView = 'all' | 'me' | 'unread'

const FILTERS: Record<NoticeView, NoticeFilter> = { all: {}, me: { for: 'me' }, unread: { only: 'unread' } }
const EVERY_KIND = 'every'

/** Everything somebody was told of, by what it was. */
export function Notifications() {
  useTitle(t('notifications.title'))
  const { view = 'all', kind } = useSearch({ from: '/app/notifications' })
  const navigate = useNavigate({ from: '/notifications' })
  const filter: NoticeFilter = { ...FILTERS[view], ...(kind && { kind }) }
  const { unread } = useNotifications()
  return (
    <SceneFrame
      title={t('notifications.title')}
      actions={<Actions kind={kind} unread={unread} />}
      tabs={
        <Tabs<NoticeView>
          label={t('notifications.views')}
          value={view}
          onChange={(next) => void navigate({ search: (now) => ({ ...now, view: next }), replace: true })}
          tabs={[
            { value: 'all', label: t('notifications.all') },
            { value: 'me', label: t('notifications.forYou') },
            { value: 'unread', label: t('notifications.unreadOnly'), ...(unread > 0 && { count: unread }) },
          ]}
        />
      }
      toolbar={
        <Select<NotificationKind | typeof EVERY_KIND>
          label={t('notifications.kindFilter')}
          isLabelHidden
          className="w-56"
          value={kind ?? EVERY_KIND}
          onChange={(next) =>
            void navigate({
              search: ({ kind: _, ...now }) => (next === EVERY_KIND ? now : { ...now, kind: next }),
              replace: true,
            })
          }
          options={[{ value: EVERY_KIND, label: t('notifications.everyKind') }, ...NOTICE_KINDS.map(toOption)]}
        />
      }
    >
      <DesktopOffer />
      <List filter={filter} isNarrowed={view !== 'all' || kind !== undefined} />
    </SceneFrame>
  )
}

function toOption(kind: NotificationKind) {
  const Icon = NOTICE_ICONS[kind]
  return { value: kind, label: t(`notifications.kind.${kind}`), icon: <Icon size={16} aria-hidden="true" /> }
}

function Actions({ kind, unread }: { kind: NotificationKind | undefined; unread: number }) {
  const { markAll, markKind, error } = useMarkNotifications()
  return (
    <>
      {error !== null && (
        <p role="alert" className="text-xs text-bad">
          {t('notifications.actionFailed', { reason: reasonOf(error) })}
        </p>
      )}
      {unread > 0 && (
        <Button look="ghost" onClick={() => (kind ? markKind(kind) : markAll())}>
          <CheckCheck size={15} aria-hidden="true" />
          {kind ? t('notifications.markKind') : t('notifications.markAll')}
        </Button>
      )}
      <Link
        to="/settings/$section"
        params={{ section: 'notifications' }}
        className="flex h-8 items-center gap-1.5 rounded-md px-3 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:h-10"
      >
        <Settings size={15} aria-hidden="true" />
        <span className="@max-xl:sr-only">{t('notifications.settings')}</span>
      </Link>
    </>
  )
}

function List({ filter, isNarrowed }: { filter: NoticeFilter; isNarrowed: boolean }) {
  const { query, notifications } = useNotifications(filter)
  const open = useOpenNotice()
  return (
    <div className="mx-auto flex h-full w-full max-w-3xl flex-col">
      <NoticeStates
        query={query}
        isEmpty={notifications.length === 0}
        {...(isNarrowed && { emptyTitle: t('notifications.noneHere'), emptyHint: t('notifications.noneHereHint') })}
      >
        <NoticeList notifications={notifications} onOpen={open}>
          <OlderNotices query={query} />
        </NoticeList>
      </NoticeStates>
    </div>
  )
}
