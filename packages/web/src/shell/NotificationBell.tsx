import { Bell } from 'lucide-react'
import { Suspense } from 'react'
import { useNotifications } from '../data/notices/queries.ts'
import { lazyWithTexts } from '../i18n/lazy-with-texts.ts'
import { t } from '../i18n/t.ts'
import { useLayer } from '../parts/use-layer.ts'
import { CornerCount } from './CornerCount.tsx'
import { setLayer, useLayers } from './layers.ts'
import { NavButton, type NavButtonPlace } from './NavButton.tsx'

const load = () => import('./NotificationPopover.tsx')
const NotificationPopover = lazyWithTexts(load, 'NotificationPopover', ['notifications'])

export function NotificationBell({ side, isLabelled = false }: NavButtonPlace) {
  const isOpen = useLayers((state) => state.notifications)
  const { unread } = useNotifications()
  const { layer, button, isNeeded } = useLayer(isOpen, (open) => setLayer('notifications', open), load)
  const icon = (
    <span className="relative">
      <Bell size={20} strokeWidth={1.8} />
      <CornerCount count={unread} ring={isLabelled ? 'ring-surface' : 'ring-canvas'} />
    </span>
  )
  return (
    <>
      <NavButton
        {...button}
        aria-haspopup="dialog"
        label={unread > 0 ? t('nav.notificationsUnread', { count: unread }) : t('nav.notifications')}
        caption={t('nav.notifications')}
        keys="N"
        side={side}
        isLabelled={isLabelled}
        icon={icon}
      />
      {isNeeded && (
        <Suspense>
          <NotificationPopover layer={layer} side={side} />
        </Suspense>
      )}
    </>
  )
}
