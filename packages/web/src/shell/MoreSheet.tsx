import { Link } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages.ts'
import { t } from '../i18n/t.ts'
import { useLanguage } from '../i18n/texts.ts'
import { CountBadge } from '../parts/CountBadge.tsx'
import { reasonOf } from '../parts/Notice.tsx'
import { SegmentedControl } from '../parts/SegmentedControl.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Person } from './Person.tsx'
import type { SceneEntry } from './scenes.ts'
import { THEMES, useTheme } from './theme.ts'
import { usePreferenceSetters } from './use-preferences.ts'
import { useLogOut } from './use-session.ts'

const ROW = 'flex h-12 w-full items-center gap-3 rounded-md px-3 text-md hover:bg-hover'

interface Props {
  isOpen: boolean
  onClose: () => void
  scenes: readonly SceneEntry[]
  /** Channels that wait for a decision in the settings. */
  waiting: number
}

/** What a phone's bar has no place for: the other scenes, the theme, the way out. */
export function MoreSheet({ isOpen, onClose, scenes, waiting }: Props) {
  const theme = useTheme((state) => state.theme)
  const language = useLanguage((state) => state.language)
  const { setTheme, setLanguage } = usePreferenceSetters()
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('nav.more')} side="bottom">
      <div className="p-2">
        <Person />
        {scenes.map(({ id, to, icon: Icon, label }) => (
          <Link key={id} to={to} onClick={onClose} className={ROW}>
            <Icon size={20} strokeWidth={1.8} aria-hidden="true" className="text-ink-3" />
            {t(label)}
            {id === 'settings' && waiting > 0 && <CountBadge count={waiting} tone="accent" />}
          </Link>
        ))}
        <div className="px-3 py-2">
          <p className="mb-1.5 text-xs font-medium text-ink-2">{t('nav.theme')}</p>
          <SegmentedControl
            label={t('nav.theme')}
            value={theme}
            onChange={setTheme}
            options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
        <div className="px-3 py-2">
          <p className="mb-1.5 text-xs font-medium text-ink-2">{t('user.language')}</p>
          <SegmentedControl
            label={t('user.language')}
            value={language}
            onChange={setLanguage}
            options={LANGUAGE_CODES.map((value) => ({ value, label: <span lang={value}>{LANGUAGES[value]}</span> }))}
          />
        </div>
        <LogOutRow />
      </div>
    </Sheet>
  )
}

function LogOutRow() {
  const logOut = useLogOut()
  const [problem, setProblem] = useState<string>()
  const leave = () => logOut().catch((error: unknown) => setProblem(reasonOf(error)))
  return (
    <>
      <button type="button" onClick={() => void leave()} className={ROW}>
        <LogOut size={20} strokeWidth={1.8} aria-hidden="true" className="text-ink-3" />
        {t('user.logOut')}
      </button>
      {problem && (
        <p role="alert" className="px-3 py-1.5 text-xs text-bad">
          {t('user.logOutFailed', { reason: problem })}
        </p>
      )}
    </>
  )
}
