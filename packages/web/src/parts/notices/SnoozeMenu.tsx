import type { Notification } from '@parley/protocol/model'
import { AlarmClockOff, Clock } from 'lucide-react'
import { useSnooze } from '../../data/notices/use-change-notices.ts'
import { t } from '../../i18n/t.ts'
import { format } from '../format.ts'
import { IconButton } from '../IconButton.tsx'
import { MenuButton } from '../MenuButton.tsx'
import { MenuItem, MenuLine } from '../MenuItems.tsx'
import { reasonOf } from '../Notice.tsx'
import { listSnoozeTimes } from '../snooze-times.ts'
import { toast } from '../toast.ts'

/** Puts a notification off until a time one picks. */
export function SnoozeMenu({ notification }: { notification: Notification }) {
  const { snooze, unsnooze } = useSnooze()
  const { title, snoozedUntil } = notification

  const say = (error: unknown) =>
    toast({ tone: 'bad', text: t('notifications.actionFailed', { reason: reasonOf(error) }) })

  function putOff(at: number) {
    snooze(notification, at).then(
      () =>
        toast({
          text: t('notifications.snoozed', { time: format.moment(at, Date.now()) }),
          undo: () => unsnooze(notification),
        }),
      say,
    )
  }

  return (
    <MenuButton
      align="end"
      trigger={
        <IconButton label={t('notifications.snoozeOf', { title })} className="size-7! pointer-coarse:size-10!">
          <Clock size={15} aria-hidden="true" />
        </IconButton>
      }
    >
      {listSnoozeTimes(Date.now()).map(({ id, at }) => (
        <MenuItem key={id} onClick={() => putOff(at)}>
          <span className="flex gap-4">
            <span className="flex-1">{t(`parts.snoozeTime.${id}`)}</span>
            <span className="tnum text-ink-3">{format.moment(at, Date.now())}</span>
          </span>
        </MenuItem>
      ))}
      {snoozedUntil !== null && (
        <>
          <MenuLine />
          <MenuItem
            icon={<AlarmClockOff size={16} aria-hidden="true" />}
            onClick={() => void unsnooze(notification).catch(say)}
          >
            {t('notifications.unsnooze')}
          </MenuItem>
        </>
      )}
    </MenuButton>
  )
}
