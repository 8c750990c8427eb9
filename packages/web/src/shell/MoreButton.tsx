import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../i18n/t.ts'
import { useLayer } from '../parts/use-layer.ts'
import { NavButton } from './NavButton.tsx'
import type { SceneEntry } from './scenes.ts'

const load = () => import('./MoreSheet.tsx')
const MoreSheet = lazy(() => load().then((module) => ({ default: module.MoreSheet })))

/** The last place of a phone's bar: what has none of its own. */
export function MoreButton({ scenes }: { scenes: readonly SceneEntry[] }) {
  const [isOpen, setOpen] = useState(false)
  const { button, isNeeded } = useLayer(isOpen, setOpen, load)
  return (
    <>
      <NavButton
        {...button}
        aria-haspopup="dialog"
        label={t('nav.more')}
        side="top"
        isLabelled
        icon={<Ellipsis size={20} strokeWidth={1.8} aria-hidden="true" />}
      />
      {isNeeded && (
        <Suspense>
          <MoreSheet isOpen={isOpen} onClose={() => setOpen(false)} scenes={scenes} />
        </Suspense>
      )}
    </>
  )
}
