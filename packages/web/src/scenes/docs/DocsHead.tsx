import { Link } from '@tanstack/react-router'
import { Menu as MenuIcon, X } from 'lucide-react'
import { LANGUAGE_CODES, LANGUAGES } from '../../i18n/languages.ts'
import { t } from '../../i18n/t.ts'
import { setLanguage, useLanguage } from '../../i18n/texts.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuItem, MenuLine } from '../../parts/MenuItems.tsx'
import { reasonOf } from '../../parts/Notice.tsx'
import { toast } from '../../parts/toast.ts'
import { Logo } from '../../shell/Logo.tsx'
import { setTheme, THEMES, useTheme } from '../../shell/theme.ts'
import { THEME_ICONS } from '../../shell/theme-icons.ts'
import { DocsLink } from './DocsLink.tsx'

interface Props {
  isNavOpen: boolean
  /** On a phone the contents take the page's place. */
  onNav: (() => void) | undefined
}

export function DocsHead({ isNavOpen, onNav }: Props) {
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 ps-3 pe-3 print:hidden">
      {onNav && (
        <IconButton label={t('docs.contents')} aria-expanded={isNavOpen} onClick={onNav}>
          {isNavOpen ? <X aria-hidden="true" /> : <MenuIcon aria-hidden="true" />}
        </IconButton>
      )}
      <DocsLink slug="" className="flex min-w-0 items-center gap-2.5 rounded-md">
        <Logo size={28} />
        <span className="truncate text-lg font-semibold tracking-[-.01em]">
          {t('app.name')} <span className="font-normal text-ink-2">{t('docs.title')}</span>
        </span>
      </DocsLink>
      <div className="ms-auto flex items-center gap-1">
        <Look />
        <Link
          to="/inbox"
          className="rounded-md px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink"
        >
          {t('docs.openApp')}
        </Link>
      </div>
    </header>
  )
}

/** Theme and language of this browser: nobody need be logged in here. */
function Look() {
  const theme = useTheme((state) => state.theme)
  const language = useLanguage((state) => state.language)
  const Icon = THEME_ICONS[theme]
  const speak = (code: (typeof LANGUAGE_CODES)[number]) =>
    setLanguage(code).catch((error: unknown) => toast({ tone: 'bad', text: reasonOf(error) }))
  return (
    <MenuButton
      align="end"
      isInLayer
      trigger={
        <IconButton label={t('docs.look')}>
          <Icon aria-hidden="true" />
        </IconButton>
      }
    >
      {THEMES.map((one) => (
        <MenuItem key={one} onClick={() => setTheme(one)}>
          {t(`theme.${one}`)}
        </MenuItem>
      ))}
      <MenuLine />
      {LANGUAGE_CODES.filter((code) => code !== language).map((code) => (
        <MenuItem key={code} onClick={() => void speak(code)}>
          <span lang={code}>{LANGUAGES[code]}</span>
        </MenuItem>
      ))}
    </MenuButton>
  )
}
