import { useQueryClient } from '@tanstack/react-query'
import { changeMe } from '../../../data/people/endpoints.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../../i18n/languages.ts'
import { t } from '../../../i18n/t.ts'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { DENSITIES, useDensity } from '../../../parts/density.ts'
import { Field } from '../../../parts/Field.tsx'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { Select } from '../../../parts/Select.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { useSingleKeys } from '../../../parts/shortcuts/single-keys.ts'
import { THEMES, useTheme } from '../../../shell/theme.ts'
import { usePreferenceSetters } from '../../../shell/use-preferences.ts'
import { SavedField } from '../SavedField.tsx'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { PhotoCard } from './PhotoCard.tsx'

/** Who one is here, and how the screens look to oneself. */
export function Profile() {
  const { user, account } = useMe()
  const client = useQueryClient()
  const rename = async (name: string) => client.setQueryData(keys.me, await changeMe({ name }))
  return (
    <SettingsPage title={t('settings.profile')} hint={t('people.profileHint')}>
      <SettingsCard title={t('people.you')} hint={t('people.youHint')}>
        <div className="flex flex-col gap-5">
          <PhotoCard />
          <SavedField label={t('people.name')} value={user.name} onSave={rename} autoComplete="name" />
          <Field label={t('people.email')} hint={t('people.emailHint')}>
            {(control) => (
              <output {...control} className="block py-1.5">
                <bdi>{user.email}</bdi>
              </output>
            )}
          </Field>
        </div>
      </SettingsCard>
      <Looks />
      <SettingsCard title={t('people.chatId')} hint={t('people.chatIdHint')}>
        <div className="max-w-96">
          <CopyBox label={t('people.chatId')} text={account.amojoId} />
        </div>
      </SettingsCard>
    </SettingsPage>
  )
}

const AS_ACCOUNT = 'account'

function Looks() {
  const { language, account } = useMe()
  const theme = useTheme((state) => state.theme)
  const density = useDensity((state) => state.density)
  const { isOn } = useSingleKeys()
  const { setTheme, setDensity, setSingleKeys, setLanguage } = usePreferenceSetters()
  const fallback = account.language ? LANGUAGES[account.language] : t('people.asBrowser')
  const languages = [
    { value: AS_ACCOUNT, label: t('people.asAccount', { language: fallback }) },
    ...LANGUAGE_CODES.map((code) => ({ value: code, label: LANGUAGES[code] })),
  ]
  return (
    <SettingsCard title={t('people.looks')} hint={t('people.looksHint')}>
      <div className="flex flex-col gap-5">
        <Select
          label={t('user.language')}
          className="max-w-72"
          options={languages}
          value={language ?? AS_ACCOUNT}
          onChange={(value) => setLanguage(value === AS_ACCOUNT ? null : (value as Language))}
        />
        <div>
          <p aria-hidden="true" className="mb-1 text-xs font-medium text-ink-2">
            {t('nav.theme')}
          </p>
          <SegmentedControl
            label={t('nav.theme')}
            value={theme}
            onChange={setTheme}
            options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
        <div>
          <p aria-hidden="true" className="mb-1 text-xs font-medium text-ink-2">
            {t('people.density')}
          </p>
          <SegmentedControl
            label={t('people.density')}
            value={density}
            onChange={setDensity}
            options={DENSITIES.map((value) => ({ value, label: t(`people.${value}`) }))}
          />
        </div>
        <Switch label={t('keys.single')} hint={t('keys.singleHint')} isOn={isOn} onChange={setSingleKeys} />
      </div>
    </SettingsCard>
  )
}
