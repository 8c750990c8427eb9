import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { switchPushOn, usePush } from '../../data/notices/push.ts'
import { useMe } from '../../data/queries.ts'
import { sessionScope } from '../../data/session.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'

const REFUSED_KEY = 'parley.desktop-offer'

/** Asks once, where notifications are, whether they may also come while nobody looks. */
export function DesktopOffer() {
  const permission = usePush((state) => state.permission)
  const [isRefused, setRefused] = useState(() => localStorage.getItem(REFUSED_KEY) === 'no')
  const scope = sessionScope(useMe())
  if (permission !== 'ask' || isRefused) return null

  function refuse() {
    localStorage.setItem(REFUSED_KEY, 'no')
    setRefused(true)
  }
  function accept() {
    switchPushOn(scope).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('notifications.actionFailed', { reason: reasonOf(error) }) }),
    )
  }

  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-sunken py-2 ps-4 pe-2 text-xs">
      <BellRing size={15} aria-hidden="true" className="shrink-0 text-ink-3" />
      <p className="min-w-40 flex-1 text-ink-2 text-pretty">{t('notifications.desktopOffer')}</p>
      <Button look="ghost" size="sm" onClick={refuse}>
        {t('notifications.desktopNo')}
      </Button>
      <Button size="sm" onClick={accept}>
        {t('notifications.desktopYes')}
      </Button>
    </div>
  )
}
