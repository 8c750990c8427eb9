import { Monitor, Moon, Sun } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../i18n/t.ts'
import { useLayer } from '../parts/use-layer.ts'
import { NavButton, type NavButtonPlace } from './NavButton.tsx'
import { useTheme } from './theme.ts'

const load = () => import('./ThemeMenuPopup.tsx')
const ThemeMenuPopup = lazy(() => load().then((module) => ({ default: module.ThemeMenuPopup })))

export const THEME_ICONS = { light: Sun, dark: Moon, system: Monitor } as const

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
