import { Menu } from '@base-ui/react/menu'
import { Languages } from 'lucide-react'
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages.ts'
import { t } from '../i18n/t.ts'
import { useLanguage } from '../i18n/texts.ts'
import { MenuRadio, SubMenu } from '../parts/MenuItems.tsx'
import { usePreferenceSetters } from './use-preferences.ts'

/** Each language under the name its speakers give it. */
export function LanguageMenu() {
  const language = useLanguage((state) => state.language)
  const { setLanguage } = usePreferenceSetters()
  return (
    <SubMenu label={t('user.language')} icon={<Languages size={16} aria-hidden="true" className="text-ink-3" />}>
      <Menu.RadioGroup aria-label={t('user.language')} value={language} onValueChange={setLanguage}>
        {LANGUAGE_CODES.map((code) => (
          <MenuRadio key={code} value={code} lang={code}>
            {LANGUAGES[code]}
          </MenuRadio>
        ))}
      </Menu.RadioGroup>
    </SubMenu>
  )
}
