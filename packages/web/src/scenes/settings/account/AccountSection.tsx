import type { Account, ChangeAccountRequest } from '@parley/protocol/model'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { entranceQuery } from '../../../data/people/doors.ts'
import { changeAccount } from '../../../data/people/endpoints.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../../../i18n/languages.ts'
import { t } from '../../../i18n/t.ts'
import { getLanguage } from '../../../i18n/texts.ts'
import { Combobox } from '../../../parts/Combobox.tsx'
import { CopyBox } from '../../../parts/CopyBox.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { toast } from '../../../parts/toast.ts'
import { SavedField } from '../SavedField.tsx'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { listCurrencies, listTimeZones } from './world.ts'

/** The company: what it is called, where it is, what it counts in. */
export function AccountSection() {
  const { account } = useMe()
  const client = useQueryClient()
  const save = async (patch: ChangeAccountRequest) => {
    const changed = await changeAccount(patch)
    client.setQueryData(keys.me, (me: { account: Account } | undefined) => me && { ...me, account: changed })
  }
  const saveNow = (patch: ChangeAccountRequest) =>
    void save(patch).catch((error: unknown) =>
      toast({ tone: 'bad', text: t('settings.saveFailed', { reason: reasonOf(error) }) }),
    )
  return (
    <SettingsPage title={t('settings.account')} hint={t('people.accountHint')}>
      <SettingsCard title={t('people.company')} hint={t('people.companyHint')}>
        <div className="flex flex-col gap-5">
          <SavedField label={t('people.companyName')} value={account.name} onSave={(name) => save({ name })} />
          <Address account={account} />
        </div>
      </SettingsCard>
      <SettingsCard title={t('people.place')} hint={t('people.placeHint')}>
        <Place account={account} onSave={saveNow} />
      </SettingsCard>
    </SettingsPage>
  )
}

/** Where its people come in, when accounts have addresses of their own here. */
function Address({ account }: { account: Account }) {
  const { data: entrance } = useQuery(entranceQuery)
  const { protocol } = location
  const address = entrance?.baseHost ? `${protocol}//${account.subdomain}.${entrance.baseHost}` : account.subdomain
  return (
    <div className="max-w-96">
      <p className="mb-1 text-xs font-medium text-ink-2">{t('people.subdomain')}</p>
      <CopyBox label={t('people.subdomain')} text={address} />
      <p className="mt-1 text-xs text-ink-3 text-pretty">{t('people.subdomainHint')}</p>
    </div>
  )
}

const AS_BROWSER = 'browser'

function Place({ account, onSave }: { account: Account; onSave: (patch: ChangeAccountRequest) => void }) {
  const language = getLanguage()
  const zones = useMemo(() => listTimeZones(language), [language])
  const currencies = useMemo(() => listCurrencies(language), [language])
  const zone = zones.find(({ value }) => value === account.timeZone) ?? {
    value: account.timeZone,
    label: account.timeZone,
  }
  const currency = currencies.find(({ value }) => value === account.currency) ?? {
    value: account.currency,
    label: account.currency,
  }
  return (
    <div className="flex max-w-96 flex-col gap-5">
      <Combobox
        label={t('people.timeZone')}
        hint={t('people.timeZoneHint')}
        options={zones}
        value={zone}
        onChange={(option) => option && onSave({ timeZone: option.value })}
      />
      <Combobox
        label={t('people.currency')}
        options={currencies}
        value={currency}
        onChange={(option) => option && onSave({ currency: option.value })}
      />
      <Select
        label={t('people.accountLanguage')}
        hint={t('people.accountLanguageHint')}
        options={[
          { value: AS_BROWSER, label: t('people.accountLanguageNone') },
          ...LANGUAGE_CODES.map((code) => ({ value: code, label: LANGUAGES[code] })),
        ]}
        value={account.language ?? AS_BROWSER}
        onChange={(value) => onSave({ language: value === AS_BROWSER ? null : (value as Language) })}
      />
    </div>
  )
}
