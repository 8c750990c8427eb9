import type { Notification } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { useMarkNotifications } from '../../data/notices/use-change-notices.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../format.ts'
import { Tip } from '../Tip.tsx'
import { useNow } from '../use-now.ts'
import { isTrouble, NOTICE_ICONS, sayWhat } from './describe-notice.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'

interface Props {
  notification: Notification
  onOpen: (notification: Notification) => void
}

/** One notification: what, who, when. */
export function NoticeLine({ notification, onOpen }: Props) {
  const now = useNow()
  const { markOne } = useMarkNotifications()
  const { isRead, title, text, kind, at, snoozedUntil } = notification
  const Icon = NOTICE_ICONS[kind]
  return (
    <li className="group/line relative rounded-md hover:bg-hover">
      <button
        type="button"
        data-line
        onClick={() => onOpen(notification)}
        className="flex w-full items-start gap-2.5 rounded-md py-1.5 ps-3 pe-20 text-start pointer-coarse:pe-24"
      >
        <Icon
          size={16}
          aria-hidden="true"
          className={clsx('mt-px shrink-0', isTrouble(kind) ? 'text-bad' : isRead ? 'text-ink-3' : 'text-accent-ink')}
        />
        <span className="min-w-0 flex-1">
          {!isRead && <span className="sr-only">{t('notifications.unread')}: </span>}
          <span className="block text-xs text-ink-2">
            {sayWhat(notification)}
            <span className="hidden text-ink-3 pointer-coarse:inline"> · {format.rowTime(at, now)}</span>
          </span>
          {text !== '' && text !== title && (
            <span dir="auto" className="mt-0.5 line-clamp-2 [overflow-wrap:anywhere]">
              {text}
            </span>
          )}
          {snoozedUntil !== null && (
            <span className="block text-xs text-ink-3">
              {t('notifications.snoozed', { time: format.moment(snoozedUntil, now) })}
            </span>
          )}
        </span>
      </button>
      <time
        dateTime={new Date(at).toISOString()}
        className="tnum pointer-events-none absolute end-9 top-2 text-2xs text-ink-3 group-focus-within/line:opacity-0 group-hover/line:opacity-0 pointer-coarse:hidden"
      >
        {format.rowTime(at, now)}
      </time>
      <span className="absolute end-9 top-0.5 opacity-0 group-focus-within/line:opacity-100 group-hover/line:opacity-100 has-aria-expanded:opacity-100 pointer-coarse:-top-1 pointer-coarse:end-11 pointer-coarse:opacity-100">
        <SnoozeMenu notification={notification} />
      </span>
      {!isRead && (
        <Tip label={t('notifications.markOne', { title })} side="left">
          <button
            type="button"
            aria-label={t('notifications.markOne', { title })}
            onClick={() => markOne(notification)}
            className="absolute end-1.5 top-0.5 flex size-7 items-center justify-center rounded-md hover:bg-press pointer-coarse:-top-1 pointer-coarse:size-10"
          >
            <span className="size-2 rounded-full bg-accent" />
          </button>
        </Tip>
      )}
    </li>
  )
}
