import { Menu } from '@base-ui/react/menu'
import { Languages } from 'lucide-react'
import { LANGUAGES, type Language } from '../i18n/languages.ts'
import { t } from '../i18n/t.ts'
import { setLanguage, useLanguage } from '../i18n/texts.ts'
import { MenuRadio, SubMenu } from '../parts/MenuItems.tsx'
import { reasonOf } from '../parts/Notice.tsx'
import { toast } from '../parts/toast.ts'

/** Each language under the name its speakers give it. */
export function LanguageMenu() {
  const language = useLanguage((state) => state.language)
  const choose = (next: Language) =>
    void setLanguage(next).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('user.languageFailed', { reason: reasonOf(error) }) }),
    )
  return (
    <SubMenu label={t('user.language')} icon={<Languages size={16} aria-hidden="true" className="text-ink-3" />}>
      <Menu.RadioGroup aria-label={t('user.language')} value={language} onValueChange={choose}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <MenuRadio key={code} value={code} lang={code}>
            {name}
          </MenuRadio>
        ))}
      </Menu.RadioGroup>
    </SubMenu>
  )
}
