import { lazy, Suspense, useState } from 'react'
import { t } from '../i18n/t.ts'
import { useLayer } from '../parts/use-layer.ts'
import { NavButton, type NavButtonPlace } from './NavButton.tsx'
import { useTheme } from './theme.ts'
import { THEME_ICONS } from './theme-icons.ts'

const load = () => import('./ThemeMenuPopup.tsx')
const ThemeMenuPopup = lazy(() => load().then((module) => ({ default: module.ThemeMenuPopup })))

export function ThemeMenu({ side, isLabelled = false }: NavButtonPlace) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, load)
  const Icon = THEME_ICONS[useTheme((state) => state.theme)]
  return (
    <>
      <NavButton
        {...button}
        aria-haspopup="menu"
        label={t('nav.theme')}
        side={side}
        isLabelled={isLabelled}
        icon={<Icon size={20} strokeWidth={1.8} />}
      />
      {isNeeded && (
        <Suspense>
          <ThemeMenuPopup layer={layer} side={side} />
        </Suspense>
      )}
    </>
  )
}
