import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../i18n/t.ts'
import { useLayer } from '../parts/use-layer.ts'
import { CornerCount } from './CornerCount.tsx'
import { NavButton } from './NavButton.tsx'
import type { SceneEntry } from './scenes.ts'
import { useWaitingRegistrations } from './use-waiting.ts'

const load = () => import('./MoreSheet.tsx')
const MoreSheet = lazy(() => load().then((module) => ({ default: module.MoreSheet })))

/** The last place of a phone's bar: what has none of its own. */
export function MoreButton({ scenes }: { scenes: readonly SceneEntry[] }) {
  const [isOpen, setOpen] = useState(false)
  const waiting = useWaitingRegistrations()
  const { button, isNeeded } = useLayer(isOpen, setOpen, load)
  return (
    <>
      <NavButton
        {...button}
        aria-haspopup="dialog"
        label={waiting > 0 ? t('nav.moreWaiting', { count: waiting }) : t('nav.more')}
        caption={t('nav.more')}
        side="top"
        isLabelled
        icon={
          <span className="relative">
            <Ellipsis size={20} strokeWidth={1.8} aria-hidden="true" />
            <CornerCount count={waiting} ring="ring-surface" />
          </span>
        }
      />
      {isNeeded && (
        <Suspense>
          <MoreSheet isOpen={isOpen} onClose={() => setOpen(false)} scenes={scenes} waiting={waiting} />
        </Suspense>
      )}
    </>
  )
}
