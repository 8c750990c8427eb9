import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { t } from '../i18n/t.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { MENU_ITEM } from '../parts/menu-classes.ts'
import type { Layer } from '../parts/use-layer.ts'
import type { NavButtonPlace } from './NavButton.tsx'
import { THEMES, type Theme, useTheme } from './theme.ts'
import { THEME_ICONS } from './theme-icons.ts'
import { usePreferenceSetters } from './use-preferences.ts'

export function ThemeMenuPopup({ layer, side }: Pick<NavButtonPlace, 'side'> & { layer: Layer }) {
  const theme = useTheme((state) => state.theme)
  const { setTheme } = usePreferenceSetters()
  return (
    <MenuPopup layer={layer} side={side}>
      <Menu.RadioGroup aria-label={t('nav.theme')} value={theme} onValueChange={(value: Theme) => setTheme(value)}>
        {THEMES.map((one) => (
          <Item key={one} theme={one} />
        ))}
      </Menu.RadioGroup>
    </MenuPopup>
  )
}

function Item({ theme }: { theme: Theme }) {
  const Icon = THEME_ICONS[theme]
  return (
    <Menu.RadioItem value={theme} closeOnClick className={MENU_ITEM}>
      <Icon size={16} aria-hidden="true" className="text-ink-3" />
      <span className="flex-1">{t(`theme.${theme}`)}</span>
      <Menu.RadioItemIndicator>
        <Check size={15} aria-hidden="true" className="text-accent-ink" />
      </Menu.RadioItemIndicator>
    </Menu.RadioItem>
  )
}
