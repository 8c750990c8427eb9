import type { Me } from '@parley/protocol/model'
import { useCallback, useEffect } from 'react'
import { useChangePreferences } from '../data/people/preferences.ts'
import { useMe } from '../data/queries.ts'
import { FALLBACK, type Language, pickLanguage } from '../i18n/languages.ts'
import { t } from '../i18n/t.ts'
import { getLanguage, setLanguage } from '../i18n/texts.ts'
import { type Density, setDensity, useDensity } from '../parts/density.ts'
import { reasonOf } from '../parts/Notice.tsx'
import { setCustomKeys } from '../parts/shortcuts/custom-keys.ts'
import { setSingleKeys, useSingleKeys } from '../parts/shortcuts/single-keys.ts'
import { toast } from '../parts/toast.ts'
import { setTheme, type Theme, useTheme } from './theme.ts'

/**
 * The server knows how somebody wants the screens; this browser keeps a copy for what is drawn before it has answered.
 * What was changed on another screen comes here, too.
 */
export function usePreferences(): void {
  const me = useMe()
  const { theme, density, singleKeys, keys = NO_KEYS } = me.preferences
  useEffect(() => {
    if (theme && theme !== useTheme.getState().theme) setTheme(theme)
  }, [theme])
  useEffect(() => {
    if (density && density !== useDensity.getState().density) setDensity(density)
  }, [density])
  useEffect(() => {
    if (singleKeys !== undefined && singleKeys !== useSingleKeys.getState().isOn) setSingleKeys(singleKeys)
  }, [singleKeys])
  useEffect(() => setCustomKeys(keys), [keys])
  const language = languageOf(me)
  useEffect(() => {
    if (language !== getLanguage()) setLanguage(language).catch(sayFailed)
  }, [language])
}

const NO_KEYS = {}

/** One's own, the account's, the browser's. */
export const languageOf = ({ language, account }: Me): Language =>
  language ?? account.language ?? pickLanguage(null, navigator.languages) ?? FALLBACK

/** As somebody asked for it: at once here, and kept for every other browser. What goes wrong is said. */
export function usePreferenceSetters() {
  const change = useChangePreferences()
  const keep = useCallback((wish: Parameters<typeof change>[0]) => void change(wish).catch(sayFailed), [change])
  return {
    setTheme(theme: Theme) {
      setTheme(theme)
      keep({ preferences: { theme } })
    },
    setDensity(density: Density) {
      setDensity(density)
      keep({ preferences: { density } })
    },
    setSingleKeys(isOn: boolean) {
      setSingleKeys(isOn)
      keep({ preferences: { singleKeys: isOn } })
    },
    /** Null: the account's. */
    setLanguage(language: Language | null) {
      keep({ language })
    },
  }
}

const sayFailed = (error: unknown) =>
  toast({ tone: 'bad', text: t('user.preferenceFailed', { reason: reasonOf(error) }) })
